/// A certificate as it is kept in a file (JSON), with the files it speaks of.
public struct CertificateFile: Sendable, Equatable {
  /// The mode of the match.
  public var mode: MatchMode
  /// What mode fair looked at.
  public var fairOn: FairMeasure
  /// The name and hash of each input file, such as `sha256:...`.
  public var inputs: [String: String]
  /// What the answer reaches.
  public var objective: MatchObjective
  /// The proof; `nil` in mode stable.
  public var certificate: Certificate?

  /// Makes a file.
  public init(
    mode: MatchMode, fairOn: FairMeasure, inputs: [String: String], objective: MatchObjective, certificate: Certificate?
  ) {
    self.mode = mode
    self.fairOn = fairOn
    self.inputs = inputs
    self.objective = objective
    self.certificate = certificate
  }

  /// The file's bytes, one line for each part. Prices stand in the order of people.
  public func bytes() -> [UInt8] {
    var text = "{\"format\":\"tandem-match/1\",\"mode\":\"\(mode.rawValue)\",\"fair_on\":\"\(fairOn.rawValue)\",\n\"inputs\":{"
    text += inputs.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    text += "},\n\"objective\":[\(-objective.short),\(objective.pairs),\(objective.weight)]"
    var bytes = Array(text.utf8)
    if let certificate {
      Self.append("prices", certificate.prices, to: &bytes)
      if let threshold = certificate.threshold { bytes.append(contentsOf: ",\n\"threshold\":\(threshold)".utf8) }
      if let reach = certificate.reach { Self.append("reach", reach, to: &bytes) }
      if let blocker = certificate.blocker { Self.append("blocker", blocker, to: &bytes) }
    }
    bytes.append(contentsOf: "}\n".utf8)
    return bytes
  }

  private static func append(_ name: String, _ prices: PriceSet, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: ",\n\"\(name)\":{\"mentees\":[".utf8)
    append(prices.mentees, to: &bytes)
    bytes.append(contentsOf: "],\"mentors\":[".utf8)
    append(prices.mentors, to: &bytes)
    bytes.append(contentsOf: "]}".utf8)
  }

  private static func append(_ prices: [Price], to bytes: inout [UInt8]) {
    for (place, price) in prices.enumerated() {
      if place > 0 { bytes.append(44) }
      bytes.append(contentsOf: "[\(price.quota),\(price.pairs),\(price.weight)]".utf8)
    }
  }
}
