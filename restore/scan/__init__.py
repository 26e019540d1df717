"""What is on the paper: files to page images, images to words."""
