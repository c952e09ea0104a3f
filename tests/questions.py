"""A schema with a field of each kind, for tests of the words that clauses are written in."""

from build_tools.schema.file import parse_schema

QUESTIONS = parse_schema(
    """\
type: object
required: [name, leads, areas, phase, ages]
properties:
  name: {type: string, title: Full name}
  school:
    type: object
    title: School
    required: [name]
    properties:
      name: {type: string, title: Name}
      short_name: {type: string, title: Short name}
  learners:
    title: Learners
    x-words: {one: learner, many: learners}
    default: pupils
    oneOf:
      - {const: pupils, title: Pupils, x-singular: pupil}
      - {const: children, title: Children, x-singular: child}
      - {const: staff, title: Staff}
      - {type: object, title: Another word}
  body: {type: string, title: Body, default: Board, x-words: {one: governing_body}}
  committee: {type: string, title: Committee, x-words: {one: board, many: boards}}
  ring: {type: string, title: Telephone, format: telephone}
  mail: {type: string, title: Email, format: email}
  leads:
    type: array
    title: Leads
    items:
      type: object
      required: [name]
      properties:
        name: {type: string, title: Name}
        role: {type: string, title: Job title}
        since: {type: string, title: Since, format: date-or-month}
        first: {type: boolean, title: First}
        url: {type: string, title: Address, format: web-address}
  nameless: {type: array, title: Nameless, items: {type: object, properties: {name: {type: string, title: Name}}}}
  areas: {type: array, title: Areas, items: {type: string}}
  phase: {title: Phase, oneOf: [{const: primary, title: Primary}, {const: all, title: All}]}
  ages: {type: array, title: Ages, items: {oneOf: [{const: early, title: Early}, {const: late, title: Late}]}}
  exams: {type: boolean, title: "Are there exams?", default: false}
  app: {type: string, title: The app}
  site: {type: string, title: Website, format: web-address}
  agreed: {type: string, title: Agreed, format: date-or-month}
  bell: {type: string, title: Bell, format: time-of-day}
  deputies: {type: array, title: Deputies, items: {type: string}}
  head:
    type: object
    title: Head
    required: [name]
    properties:
      name: {type: string, title: Name}
  authority:
    type: object
    title: Authority
    properties:
      police: {type: string, title: Police}
""",
    "school.schema.yml",
)
