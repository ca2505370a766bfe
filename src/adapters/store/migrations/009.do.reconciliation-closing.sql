-- What a person made of two messages that contradict one another. Nothing that stands is changed by it; the same
-- contradiction of the same senders is known as before, and is not recorded again.
ALTER TABLE reconciliation
  ADD COLUMN closed_at       timestamptz,
  ADD COLUMN closed_by       text,
  ADD COLUMN resolution      text CHECK (resolution IN ('kept', 'accepted')),
  ADD COLUMN closing_comment text,
  ADD CONSTRAINT reconciliation_closing CHECK (
    (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (resolution IS NULL)
    AND (closing_comment IS NULL OR closed_at IS NOT NULL));
