"""The documents for authors of plugins, each made by one module with a function `page(now)`."""
