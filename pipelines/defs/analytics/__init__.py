"""The dbt project: everything that is joined, counted and normalised."""
