import Foundation
import SpacedRepetition
import Testing

@Suite("Parameter vectors")
struct ParametersTests {
  @Test("defaults and bounds are the published ones")
  func published() throws {
    let golden = try Golden.load()
    #expect(Parameters.defaults.weights == golden.default_w)
    #expect(Parameters.bounds.map(\.lowerBound) == golden.bounds.lower)
    #expect(Parameters.bounds.map(\.upperBound) == golden.bounds.upper)
  }

  @Test("older vectors are converted, an empty one means the defaults")
  func older() throws {
    for migration in try Golden.load().parameter_migration {
      let weights = try Parameters(weights: migration.w_in).weights
      #expect(weights.count == 21)
      #expect(zip(weights, migration.w_out).allSatisfy { agrees($0, $1, 1e-8) })
    }
    try #expect(Parameters(weights: []) == .defaults)
  }

  @Test("any other length is refused", arguments: [1, 13, 16, 18, 20, 22, 34, 35])
  func length(count: Int) {
    #expect(throws: Parameters.Refusal.length(count)) {
      try Parameters(weights: Array(repeating: 1, count: count))
    }
  }

  @Test("a value that is not finite is refused", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    var weights = Parameters.defaults.weights
    weights[7] = value
    #expect(throws: Parameters.Refusal.notFinite(index: 7)) { try Parameters(weights: weights) }
  }

  @Test("weights outside the bounds are brought to the bound, in old vectors too", arguments: [17, 19, 21], [-1e300, 1e300])
  func outside(count: Int, value: Double) throws {
    let weights = try Parameters(weights: Array(repeating: value, count: count)).weights
    for (index, weight) in weights.enumerated() where !(index == 19 && weight == 0) {
      #expect(Parameters.bounds[index].contains(weight))
    }
  }

  @Test("stored parameters carry their version and come back the same")
  func coding() throws {
    let data = try JSONEncoder().encode(Parameters.defaults)
    #expect(String(decoding: data, as: UTF8.self).contains(#""version":"FSRS-6""#))
    try #expect(JSONDecoder().decode(Parameters.self, from: data) == .defaults)
  }

  @Test(
    "an unknown version, a missing one and a short vector are refused",
    arguments: [
      #"{"version":"FSRS-7","w":[]}"#, #"{"w":[]}"#, #"{"version":"FSRS-6","w":[]}"#,
    ])
  func unknown(json: String) {
    #expect(throws: (any Error).self) { try JSONDecoder().decode(Parameters.self, from: Data(json.utf8)) }
  }
}
