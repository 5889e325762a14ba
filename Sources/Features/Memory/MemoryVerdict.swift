import Kit
import SpacedRepetition
import Web

/// Whether weights of one's own are better than the usual ones and than two simple guesses, in plain words and in figures.
struct MemoryVerdict: Output {
  /// `too_few`, `kept` or `adopted`.
  let state: String
  let title: String
  let text: String
  /// Said when a simple guess foretold better than the model in use.
  let caveat: String?
  let guesses: [Guess]

  struct Guess: Output {
    let name: String
    /// Mean surprise (log loss in nats); lower is better.
    let loss: String
    let logLoss: Double
    /// Predicted against actual recall in groups of like answers, in points of a hundred.
    let off: String
    let isInUse: Bool
    let isBest: Bool
  }

  init(_ last: MemoryFit?, inUse: Bool, answers: Int) {
    guard let last, last.items >= MemoryFit.leastReviews else {
      state = "too_few"
      title = "Too early to tell"
      let missing = max(1, MemoryFit.leastReviews - (last?.items ?? 0))
      text =
        last == nil && answers < MemoryFit.leastReviews
        ? "You have given \(counted(answers, "answer")). From \(MemoryFit.leastReviews) on, Tandem looks whether your memory differs from most "
          + "people's. Until then it uses what is usual."
        : "It takes \(counted(missing, "more answer")) given on a later day than the one before. Until then what is usual is used."
      caveat = nil
      guesses = []
      return
    }
    let worth = last.worth
    state = last.isAdopted ? "adopted" : "kept"
    let unseen = "answers it had not seen"
    if last.isAdopted {
      title = "It knows you better than the average"
      text = "Fitted to your own answers, the model foretold \(unseen) better than the usual one. So your own is in use."
    } else if inUse {
      title = "Your own weights stay"
      text = "A new fit did not foretell \(unseen) better than the one in use, so nothing changed."
    } else {
      title = "The usual model fits you"
      text = "Fitted to your own answers, the model did not foretell \(unseen) clearly better. So the usual one stays in use."
    }
    let ownInUse = inUse
    let used = ownInUse ? worth.fitted.logLoss : worth.defaults.logLoss
    let simple = min(worth.average.logLoss, worth.movingAverage.logLoss)
    caveat =
      simple < used
      ? worth.movingAverage.logLoss <= worth.average.logLoss
        ? "A plain guess from your last answers was a little closer still. It cannot tell one card from another, so the model decides."
        : "Always guessing your average was a little closer still. It cannot tell one card from another, so the model decides."
      : nil
    let all = [
      ("Fitted to you", worth.fitted, ownInUse), ("Usual", worth.defaults, !ownInUse), ("Your average, always", worth.average, false),
      ("Your last answers", worth.movingAverage, false),
    ]
    let best = all.map(\.1.logLoss).min() ?? 0
    guesses = all.map { name, scores, isInUse in
      Guess(
        name: name, loss: MemoryWords.loss(scores.logLoss), logLoss: scores.logLoss, off: MemoryWords.percent(scores.rmseBins),
        isInUse: isInUse, isBest: scores.logLoss == best)
    }
  }
}
