"""The preview: each page is built on request, and shows every change as soon as it is saved."""
