"""The preview: each page is made when it is asked for, and shows every change as soon as it is saved."""
