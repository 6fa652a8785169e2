# Quadratic weighted kappa of every two raters on every axis, from ratings.csv in this folder.
# Needs no package. Run it with: Rscript kappa.R
# Every response counts once: where a sample was drawn with unequal probabilities, compare with the figures "of the
# rated sample". items.csv has the probabilities.
axes <- list(
{axes}
)

kappa <- function(a, b, levels) {
  if (length(a) == 0) return("undefined: no item has a grade of both")
  observed <- table(factor(a, levels), factor(b, levels)) / length(a)
  distance <- outer(seq_along(levels), seq_along(levels), function(i, j) (i - j)^2)
  expected <- sum(distance * outer(rowSums(observed), colSums(observed)))
  if (expected == 0) return("undefined: both gave every item the same grade")
  format(1 - sum(distance * observed) / expected, digits = 12)
}

ratings <- read.csv("ratings.csv", colClasses = "character", na.strings = character(0), encoding = "UTF-8")
ratings <- ratings[ratings$repeat_of == "", ]
raters <- unique(ratings$rater)
if (length(raters) < 2) cat("Kappa needs two raters; ratings.csv has grades of", length(raters), "\n")
pairs <- if (length(raters) < 2) list() else combn(raters, 2, simplify = FALSE)
for (axis in names(axes)) {
  graded <- ratings[ratings$axis == axis, ]
  for (pair in pairs) {
    first <- graded[graded$rater == pair[1], ]
    second <- graded[graded$rater == pair[2], ]
    shared <- intersect(first$item, second$item)
    a <- as.integer(first$value[match(shared, first$item)])
    b <- as.integer(second$value[match(shared, second$item)])
    found <- kappa(a, b, axes[[axis]])
    cat(axis, ", ", pair[1], " and ", pair[2], ": n = ", length(shared), ", kappa = ", found, "\n", sep = "")
  }
}
