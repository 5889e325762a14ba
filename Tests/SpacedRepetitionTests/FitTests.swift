import Foundation
import Testing

@testable import SpacedRepetition

@Suite("Fitting")
struct FitTests {
  @Test("loss and gradient of a toy batch are those of the reference")
  func gradient() throws {
    let toy = try Logs.toy()
    let histories = Logs.histories(toy.items)
    let set = TrainingSet(histories, histories.items, recency: false)
    var gradient = Gradient(Parameters.defaults.weights)
    var sum = [Double](repeating: 0, count: 21)
    #expect(abs(gradient.add(set, set.chains.indices, to: &sum) - toy.summed_loss) < 1e-8)
    for (mine, theirs) in zip(sum, toy.gradient) { #expect(abs(mine - theirs) < 1e-6) }
  }

  @Test("the gradient is the slope of the loss, on random cards and weights")
  func differences() throws {
    var draws = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      let weights = zip(Parameters.defaults.weights, Parameters.bounds).map { weight, bound in
        (weight * Double.random(in: 0.7...1.3, using: &draws)).clamped(to: bound.lowerBound * 1.1...bound.upperBound * 0.9)
      }
      let histories = (0..<5).map { _ in
        ReviewHistory(
          (0..<8).map { place in
            .init(
              grade: draws.grade(), elapsedDays: place == 0 ? 0 : [0, 1, 2, 5, 13, 40].randomElement(using: &draws) ?? 1, time: Int64(place)
            )
          })
      }
      let set = TrainingSet(histories, histories.items, recency: false)
      func loss(_ weights: [Double]) -> Double {
        var ignored = [Double](repeating: 0, count: 21)
        var gradient = Gradient(weights)
        return gradient.add(set, set.chains.indices, to: &ignored)
      }
      var sum = [Double](repeating: 0, count: 21)
      var gradient = Gradient(weights)
      _ = gradient.add(set, set.chains.indices, to: &sum)
      for place in weights.indices {
        let step = 1e-6 * max(weights[place], 0.01)
        var (up, down) = (weights, weights)
        up[place] += step
        down[place] -= step
        let slope = (loss(up) - loss(down)) / (2 * step)
        #expect(abs(sum[place] - slope) < 1e-3 * max(1, abs(slope)), "weight \(place)")
      }
    }
  }

  @Test("a fit goes step by step as the reference does, from items and from the log they came from", arguments: ["items", "log"])
  func trace(source: String) throws {
    let reference = try Logs.real()
    let histories = source == "items" ? Logs.histories(reference.items) : try Logs.log("real_first450_reviews")
    var options = Fit.Options()
    options.traced = true
    let fit = Fit(histories, options: options)
    let expected = reference.expected
    #expect(fit.items == expected.trace_float64.items_in)
    #expect(fit.trained == expected.trace_float64.train_items_after_filter)
    #expect(fit.stage == .all)
    #expect(fit.trace.count == 5)
    for (step, row) in zip(fit.trace, expected.trace_float64.steps) {
      #expect(abs(step.rate - row.lr) < 1e-8)
      #expect(abs(step.loss - row.summed_loss_before) < 1e-5)
      for (mine, theirs) in zip(step.gradient, row.data_gradient_before) { #expect(abs(mine - theirs) < 1e-4) }
    }
    for (mine, theirs) in zip(fit.parameters.weights, expected.w_fsrs_rs) { #expect(abs(mine - theirs) < 2e-5) }
    let scores = Evaluation(histories, split: .none, weights: fit.parameters, recency: true)
    let inSample = expected.in_sample.recency_weighted
    for (mine, theirs) in [(scores.defaults, inSample.defaults), (scores.fitted, inSample.fitted)] {
      #expect(abs(mine.logLoss - theirs.log_loss) < 1e-6)
      #expect(abs(mine.rmseBins - theirs.rmse_bins) < 1e-6)
    }
  }

  @Test(
    "little to learn from gives the defaults, then first stabilities alone, then all", arguments: [0, 7, 8, 19, 20, 31, 32, 255, 256, 257])
  func amounts(count: Int) {
    let cards = (0..<count).map { card in
      ReviewHistory(
        [(3, 0), (card % 5 == 0 ? 1 : 3, 2)].enumerated().map { place, row in
          .init(grade: Grade(rawValue: row.0) ?? .good, elapsedDays: row.1, time: Int64(card * 2 + place))
        })
    }
    #expect(Fit(cards).stage == (count < 20 ? .defaults : .firstStabilities), "fewer than 20 alike are outliers")
    let longer = cards.map { ReviewHistory($0.reviews + [.init(grade: .good, elapsedDays: 5, time: $0.reviews[1].time + 1)]) }
    let fit = Fit(longer)
    #expect(fit.stage == (count < 20 ? .defaults : count * 2 < 64 ? .firstStabilities : .all))
    #expect(fit.parameters.weights.allSatisfy { $0.isFinite })
  }

  @Test("all recalled, all forgotten, one grade, and reviews at the same instant still give weights in bounds", arguments: Grade.allCases)
  func extremes(grade: Grade) {
    let cards = (0..<60).map { _ in
      ReviewHistory((0..<5).map { .init(grade: grade, elapsedDays: $0 == 0 ? 0 : 3, time: 0) })
    }
    let weights = Fit(cards).parameters.weights
    for (weight, bound) in zip(weights, Parameters.bounds) { #expect(bound.contains(weight)) }
    #expect(zip(weights, weights.dropFirst()).prefix(3).allSatisfy { $0 <= $1 })
  }

  @Test("the same seed gives the same weights; steps of relearning bound the same-day weights")
  func options() throws {
    let histories = Array(try Logs.log("synthetic_10000").prefix(300))
    var options = Fit.Options()
    let plain = Fit(histories, options: options).parameters
    #expect(Fit(histories, options: options).parameters == plain)
    options.relearningSteps = 3
    let steps = Fit(histories, options: options).parameters.weights
    let room = -(Foundation.log(steps[11]) + Foundation.log(pow(2, steps[13]) - 1) + 0.3 * steps[14]) / 3
    #expect(steps[17] <= max(0.01, room).squareRoot() + 0.02)
  }
}
