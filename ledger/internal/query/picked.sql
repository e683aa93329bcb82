-- What sqlc has to know of picked, the texts of a JSON list. A database has a function of this name, or its dialect puts something
-- else in its place.
CREATE FUNCTION picked(list TEXT) RETURNS SETOF TEXT LANGUAGE sql AS 'SELECT jsonb_array_elements_text(list::jsonb)';
