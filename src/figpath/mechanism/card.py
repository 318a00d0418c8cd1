"""What stands beside every result: the sentence that it is no measurement, and the model card."""

from __future__ import annotations

from typing import Final

CONSEQUENCE: Final = "This is a consequence of the drawn arrows, not a measurement."

CARD: Final = """\
What this is
  An answer derived from the arrows of a figure and the papers behind them: what has to follow if they are right,
  complete and act one by one. It is not fitted to data and predicts no size, dose or time.
What it assumes
  - The arrows are all there are. What the figure leaves out is taken not to exist.
  - A block is complete and clean: what is blocked does nothing, and nothing else is touched. What is raised is held
    higher than it was, and nothing else is touched.
  - An activator raises and an inhibitor lowers its target at every level and in every context.
  - Every arrow counts alike, whatever stands behind it: look at the weakest edge of each path.
  - Feedback changes the size of an effect, not its sign, which holds for small changes around a stable state.
Known failures
  - Inhibitors of matrix metalloproteinases failed in trials, although every model of the bundled figure favours
    them: what they spare or harm elsewhere is not drawn.
  - Metastasis under anti-VEGF is undetermined in the bundled figure because of one assumed edge: poorer vessels
    may bring back the hypoxia that drives the spread. Without that edge the answer is that it falls.
  - Bevacizumab blocks soluble VEGF-A only; VEGF bound to vesicles still acts, which another figure may not draw.
Do not use it to choose a treatment."""
