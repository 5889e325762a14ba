import Foundation
import Testing

/// The reference values, as the file has them.
struct Golden: Decodable {
  struct Bounds: Decodable { let lower, upper: [Double] }
  struct Derived: Decodable { let decay, factor: Double }
  struct First: Decodable {
    let rating: Int
    let S, D, D_unclamped: Double
  }
  struct Recall: Decodable { let t, S, R: Double }
  struct Interval: Decodable {
    let S, desired_retention, unrounded: Double
    let days: Int
  }
  struct UnitIntervals: Decodable {
    let retention: [Double]
    let days_min1_no_max: [Int]
  }
  struct Difficulties: Decodable {
    let before_reversion, after_reversion: [Double]
    let ratings: [Int]
  }
  struct Step: Decodable {
    let S, D, R, S_next, D_next, interval_90: Double
    let t, rating: Int
  }
  struct Component: Decodable {
    let S: Double
    let D, R: [Double]?
    let rating: [Int]?
    let value: [Double]
  }
  struct Components: Decodable { let S_recall, S_forget, S_same_day: Component }
  struct History: Decodable {
    let reviews: [[Int]]
    let states: [[Double]]
  }
  struct Histories: Decodable { let cases: [History] }
  struct NamedHistory: Decodable {
    let reviews: [[Int]]
    let S, D, S_with_w17_w18_w19_zero: Double
  }
  struct Walk: Decodable, CustomTestStringConvertible {
    struct Answer: Decodable {
      let rating: Int
      let state: String
      let step: Int?
      let wait_seconds: Int
      let S, D: Double
    }
    let name: String
    let learning_steps_s, relearning_steps_s: [Int]
    let desired_retention: Double
    let steps: [Answer]
    var testDescription: String { name }
  }
  struct Fuzz: Decodable {
    struct Case: Decodable {
      let interval, delta: Double
      let min, max, lower, upper, pick_u_0, pick_u_0_5: Int
    }
    let cases: [Case]
  }
  struct SM2: Decodable { let ease, interval, retention, S, D: Double }
  struct Migration: Decodable { let w_in, w_out: [Double] }

  let default_w: [Double]
  let bounds: Bounds
  let derived: Derived
  let first_review: [First]
  let retrievability: [Recall]
  let interval: [Interval]
  let interval_S1_by_retention_unclamped: UnitIntervals
  let next_difficulty_from_5: Difficulties
  let one_step: [Step]
  let component_checks: Components
  let histories: Histories
  let named_history: NamedHistory
  let scheduler_walks: [Walk]
  let fuzz: Fuzz
  let from_sm2: [SM2]
  let parameter_migration: [Migration]

  static func load() throws -> Golden {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/fsrs6_golden", withExtension: "json"))
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
  }
}

/// Whether two values agree to the relative tolerance of the reference.
func agrees(_ value: Double, _ reference: Double, _ tolerance: Double = 1e-5) -> Bool {
  abs(value - reference) <= tolerance * max(abs(reference), 1e-12)
}
