"""The practice school IBS De Regenboog: made-up people and two school years of made-up history."""
