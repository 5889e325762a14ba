extension CertificateFile {
  /// Reads a certificate from its bytes. Members it does not know are skipped.
  ///
  /// - Throws: A fault that names the place where the bytes stop making sense.
  public init(_ bytes: Span<UInt8>, file: String = "certificate.json") throws(RowFault) {
    var reader = JSONCursor(file: file)
    self.init(mode: .coverage, fairOn: .pair, inputs: [:], objective: MatchObjective(short: 0, pairs: 0, weight: 0), certificate: nil)
    var format = ""
    var prices: PriceSet?
    var reach: PriceSet?
    var blocker: PriceSet?
    var threshold: Int?
    try reader.object(bytes) { (name, reader, bytes) throws(RowFault) in
      switch name {
      case "format": format = try reader.string(bytes)
      case "mode":
        guard let mode = MatchMode(rawValue: try reader.string(bytes)) else { throw reader.fault("an unknown mode") }
        self.mode = mode
      case "fair_on":
        guard let fairOn = FairMeasure(rawValue: try reader.string(bytes)) else { throw reader.fault("an unknown measure") }
        self.fairOn = fairOn
      case "inputs":
        try reader.object(bytes) { (name, reader, bytes) throws(RowFault) in inputs[name] = try reader.string(bytes) }
      case "objective":
        let value = try reader.price(bytes)
        objective = MatchObjective(short: -value.quota, pairs: value.pairs, weight: value.weight)
      case "threshold": threshold = try reader.integer(bytes)
      case "prices": prices = try reader.priceSet(bytes)
      case "reach": reach = try reader.priceSet(bytes)
      case "blocker": blocker = try reader.priceSet(bytes)
      default: try reader.skip(bytes)
      }
    }
    guard format == "tandem-match/1" else { throw RowFault(file: file, line: 0, reason: "not a certificate of a match") }
    certificate = prices.map { Certificate(prices: $0, threshold: threshold, reach: reach, blocker: blocker) }
  }
}

/// A reader of the few JSON shapes a certificate has. Nothing recursive is read but what is skipped, to a small depth.
struct JSONCursor {
  let file: String
  private var at = 0

  init(file: String) { self.file = file }

  func fault(_ reason: String) -> RowFault { RowFault(file: file, line: 0, reason: "\(reason) at byte \(at)") }

  private mutating func peek(_ bytes: Span<UInt8>) -> UInt8 {
    while at < bytes.count {
      let byte = bytes[at]
      if byte != 32 && byte != 10 && byte != 13 && byte != 9 { return byte }
      at += 1
    }
    return 0
  }

  private mutating func expect(_ character: Unicode.Scalar, _ bytes: Span<UInt8>) throws(RowFault) {
    guard peek(bytes) == UInt8(ascii: character) else { throw fault("'\(character)' expected") }
    at += 1
  }

  /// Reads the members of an object.
  mutating func object(
    _ bytes: Span<UInt8>, _ member: (String, inout JSONCursor, Span<UInt8>) throws(RowFault) -> Void
  ) throws(RowFault) {
    try expect("{", bytes)
    if peek(bytes) == UInt8(ascii: "}") {
      at += 1
      return
    }
    while true {
      let name = try string(bytes)
      try expect(":", bytes)
      try member(name, &self, bytes)
      if peek(bytes) == UInt8(ascii: ",") {
        at += 1
        continue
      }
      return try expect("}", bytes)
    }
  }

  /// A string without escapes other than of quote and backslash.
  mutating func string(_ bytes: Span<UInt8>) throws(RowFault) -> String {
    try expect("\"", bytes)
    var text: [UInt8] = []
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
      text.append(bytes[at])
      at += 1
    }
    try expect("\"", bytes)
    return String(decoding: text, as: UTF8.self)
  }

  /// A whole number of at most eighteen digits.
  mutating func integer(_ bytes: Span<UInt8>) throws(RowFault) -> Int {
    let isNegative = peek(bytes) == UInt8(ascii: "-")
    if isNegative { at += 1 }
    var value = 0
    let start = at
    while at < bytes.count, (48...57).contains(bytes[at]), at - start < 18 {
      value = value * 10 + Int(bytes[at] - 48)
      at += 1
    }
    guard at > start else { throw fault("a whole number expected") }
    return isNegative ? -value : value
  }

  mutating func price(_ bytes: Span<UInt8>) throws(RowFault) -> Price {
    try expect("[", bytes)
    let quota = try integer(bytes)
    try expect(",", bytes)
    let pairs = try integer(bytes)
    try expect(",", bytes)
    let weight = try integer(bytes)
    try expect("]", bytes)
    return Price(quota: quota, pairs: pairs, weight: weight)
  }

  mutating func priceSet(_ bytes: Span<UInt8>) throws(RowFault) -> PriceSet {
    var prices = PriceSet(mentees: [], mentors: [])
    try object(bytes) { (name, reader, bytes) throws(RowFault) in
      switch name {
      case "mentees": prices.mentees = try reader.prices(bytes)
      case "mentors": prices.mentors = try reader.prices(bytes)
      default: try reader.skip(bytes)
      }
    }
    return prices
  }

  private mutating func prices(_ bytes: Span<UInt8>) throws(RowFault) -> [Price] {
    try expect("[", bytes)
    var prices: [Price] = []
    if peek(bytes) == UInt8(ascii: "]") {
      at += 1
      return prices
    }
    while true {
      prices.append(try price(bytes))
      if peek(bytes) == UInt8(ascii: ",") {
        at += 1
        continue
      }
      try expect("]", bytes)
      return prices
    }
  }

  /// Skips a value: brackets are counted, strings passed over.
  mutating func skip(_ bytes: Span<UInt8>) throws(RowFault) {
    var depth = 0
    repeat {
      switch peek(bytes) {
      case UInt8(ascii: "\""): _ = try string(bytes)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        at += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"): at += 1
      case 0: throw fault("a value expected")
      default:
        while at < bytes.count, !",]}: \n\r\t".utf8.contains(bytes[at]) { at += 1 }
      }
    } while depth > 0
  }
}
