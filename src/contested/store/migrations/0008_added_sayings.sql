-- A saying that a reviewer adds says which events it is about, by the words that name them: `120-127 300-306`.

ALTER TABLE decision ADD COLUMN covers TEXT NOT NULL DEFAULT '';
