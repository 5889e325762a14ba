import Foundation

@testable import AdaptiveTesting

/// The reference values and the bank that the tests share. Made with an independent program in 64-bit floating point.
struct Golden: Decodable {
  struct Curve: Decodable {
    let theta, a, b, c, d: Double
    let P, I: Double
  }
  struct Graded: Decodable {
    let theta, a: Double
    let b, P: [Double]
    let I: Double
  }
  struct Pattern: Decodable {
    let pattern: String
    let theta, psd: Double
  }
  struct Scale: Decodable {
    let a, b: [Double]
    let eap: [Pattern]
  }
  struct Attempt: Decodable {
    let person: Int
    let items: [Int]
  }
  struct Stopping: Decodable {
    let length_first_20_people: [Int]
    let mean_length, rmse: Double
  }
  struct Adaptive: Decodable {
    let rmse_by_length: [String: [String: Double]]
    let ml_dodd_first_10_people, eap_first_10_people: [Attempt]
    let stopping: Stopping
  }
  let icc: [Curve]
  let grm: [Graded]
  let lsat6: Scale
  let cat500: Adaptive

  static func load() throws -> Golden { try JSONDecoder().decode(Golden.self, from: Data(fixture("irt_golden.json").utf8)) }

  static func fixture(_ name: String) throws -> String {
    let folder = try requireURL(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    return try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  private static func requireURL(_ url: URL?) throws -> URL {
    guard let url else { throw CocoaError(.fileNoSuchFile) }
    return url
  }

  /// 500 two-parameter items, 200 people with known ability, and their answers to every item.
  static func bank() throws -> (items: [Item], truth: [Double], answers: [[Int]]) {
    let items = try fixture("itembank_500_2pl.csv").split(separator: "\n").dropFirst().map { line in
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      return Item.logistic(try LogisticItem(a: numbers[0], b: numbers[1]))
    }
    let truth = try fixture("cat_true_theta.csv").split(separator: "\n").compactMap { Double($0) }
    let answers = try fixture("responses_200x500.txt").split(separator: "\n").map { $0.utf8.map { Int($0) - 48 } }
    return (items, truth, answers)
  }
}
