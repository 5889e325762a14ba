import Testing

@testable import SpacedRepetition

@Suite("Evaluation")
struct EvaluationTests {
  @Test(
    "held-out scores of defaults and simple guesses are those of the reference, and the fit is as good",
    arguments: ["last fifth", "five folds"])
  func heldOut(split: String) throws {
    let expected = try Logs.expected()
    let reference = split == "last fifth" ? expected.first80_last20.scores : expected.time_series_5fold.scores
    let found = Evaluation(try Logs.log("synthetic_10000"), split: split == "last fifth" ? .lastFifth : .fiveFolds)
    for (name, mine) in [("defaults", found.defaults), ("AVG", found.average), ("MOVING-AVG", found.movingAverage)] {
      let theirs = try #require(reference[name])
      #expect(abs(mine.logLoss - theirs.log_loss) < 1e-5, "\(name)")
      #expect(abs(mine.rmseBins - theirs.rmse_bins) < 1e-5, "\(name)")
      let auc = try #require(mine.auc)
      #expect(abs(auc - theirs.auc) < 1e-5, "\(name)")
    }
    let theirs = try #require(reference["fitted"])
    #expect(found.fitted.logLoss < theirs.log_loss + 5e-4, "several batches: their order moves the last digits")
  }

  @Test("a fit is adopted only with enough items and a better held-out loss")
  func adoption() throws {
    let histories = try Logs.log("synthetic_10000")
    #expect(Evaluation(histories, split: .lastFifth).isWorthAdopting)
    #expect(!Evaluation(Array(histories.prefix(20)), split: .lastFifth).isWorthAdopting)
    #expect(!Evaluation(histories, split: .lastFifth, weights: .defaults).isWorthAdopting)
  }

  @Test("nothing to score gives zeros, not a crash")
  func nothing() {
    let found = Evaluation([], split: .fiveFolds)
    #expect(found.items == 0 && found.fitted.count == 0 && found.fitted.auc == nil)
    #expect(!found.isWorthAdopting)
  }

  @Test("a predictor that knows scores 1 of AUC, one that is upside down 0")
  func auc() {
    let bin = Prediction.Bin(days: 1, reviews: 1, lapses: 0)
    func scores(_ chances: [Double]) -> Scores {
      Scores(zip(chances, [true, true, false]).map { Prediction(chance: $0, recalled: $1, weight: 1, bin: bin) })
    }
    #expect(scores([0.9, 0.8, 0.1]).auc == 1)
    #expect(scores([0.1, 0.2, 0.9]).auc == 0)
    #expect(scores([0.5, 0.5, 0.5]).auc == 0.5)
  }
}
