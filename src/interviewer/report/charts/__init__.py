"""The report's charts: drawn by matplotlib in page pixels, returned as inline SVG."""
