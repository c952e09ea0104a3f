"""Everything that is written for people and programs: site, PDF, Word, hub, single pages."""
