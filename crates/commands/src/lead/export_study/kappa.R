# Quadratic weighted kappa of the first two raters on one axis, from ratings.csv in this folder.
# Needs no package. Run it with: Rscript kappa.R
# Every response counts once: where a sample was drawn with unequal probabilities, compare with the figures "of the
# rated sample". items.csv has the probabilities.
axis <- "{axis}"
levels <- c({levels})
ratings <- read.csv("ratings.csv", colClasses = c(rater = "character", item = "character"))
ratings <- ratings[ratings$axis == axis & (is.na(ratings$repeat_of) | ratings$repeat_of == ""), ]
raters <- unique(ratings$rater)[1:2]
first <- ratings[ratings$rater == raters[1], ]
second <- ratings[ratings$rater == raters[2], ]
shared <- intersect(first$item, second$item)
a <- first$value[match(shared, first$item)]
b <- second$value[match(shared, second$item)]
observed <- table(factor(a, levels), factor(b, levels)) / length(shared)
expected <- outer(rowSums(observed), colSums(observed))
distance <- outer(seq_along(levels), seq_along(levels), function(i, j) (i - j)^2)
kappa <- 1 - sum(distance * observed) / sum(distance * expected)
cat(axis, "n =", length(shared), "kappa =", format(kappa, digits = 12), "\n")
