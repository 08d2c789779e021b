"""`python -m interviewer` is the same command as `interviewer`."""

from interviewer.cli import main

if __name__ == "__main__":
    main()
