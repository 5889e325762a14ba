import Foundation
import Testing

@testable import SpacedRepetition

/// The review logs the tests share, and what the reference says of them.
enum Logs {
  struct Toy: Decodable {
    let items: [[[Int]]]
    let summed_loss: Double
    let gradient: [Double]
  }
  struct Real: Decodable {
    struct Step: Decodable {
      let lr, summed_loss_before: Double
      let data_gradient_before: [Double]
    }
    struct Trace: Decodable {
      let items_in, train_items_after_filter: Int
      let steps: [Step]
    }
    struct Score: Decodable { let log_loss, rmse_bins: Double }
    struct Pair: Decodable { let defaults, fitted: Score }
    struct InSample: Decodable { let recency_weighted: Pair }
    struct Expected: Decodable {
      let w_fsrs_rs: [Double]
      let trace_float64: Trace
      let in_sample: InSample
    }
    let expected: Expected
    let items: [[[Int]]]
  }
  struct HeldOut: Decodable {
    struct Score: Decodable { let log_loss, rmse_bins, auc: Double }
    struct Split: Decodable { let scores: [String: Score] }
    let first80_last20, time_series_5fold: Split
  }

  static func toy() throws -> Toy {
    struct File: Decodable { let toy_batch: Toy }
    return try decoded(File.self, "fsrs6_golden").toy_batch
  }

  static func real() throws -> Real { try decoded(Real.self, "real_first450") }
  static func expected() throws -> HeldOut { try decoded(HeldOut.self, "synthetic_10000_expected") }

  /// Items given as prefixes of which the last review alone is predicted.
  static func histories(_ items: [[[Int]]]) -> [ReviewHistory] {
    items.enumerated().map { number, item in
      ReviewHistory(
        item.map { .init(grade: Grade(rawValue: $0[0]) ?? .again, elapsedDays: $0[1], time: Int64(number)) }, predictsLastOnly: true)
    }
  }

  /// A log with the columns card, time, rating, elapsed days.
  static func log(_ name: String) throws -> [ReviewHistory] {
    var cards: [Int64: [ReviewHistory.Review]] = [:]
    for line in try text(name, "csv").split(separator: "\n").dropFirst() {
      let row = line.split(separator: ",").compactMap { Int64($0) }
      cards[row[0], default: []].append(
        .init(grade: Grade(rawValue: Int(row[2])) ?? .again, elapsedDays: Int(row[3]), time: row[1]))
    }
    return cards.sorted { $0.key < $1.key }.map { ReviewHistory($0.value) }
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text(name, "json").utf8))
  }

  private static func text(_ name: String, _ kind: String) throws -> String {
    try String(contentsOf: try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: kind)), encoding: .utf8)
  }
}
