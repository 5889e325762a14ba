import Testing

@testable import SpacedRepetition

@Suite("Fuzz")
struct FuzzTests {
  @Test("bounds and picks agree with the reference")
  func reference() throws {
    let cases = try Golden.load().fuzz.cases
    #expect(cases.count == 15)
    for row in cases {
      let range = FuzzRange(interval: row.interval, minimum: row.min, maximum: row.max)
      #expect(agrees(FuzzRange.delta(row.interval), row.delta, 1e-9))
      #expect(range.lower == row.lower)
      #expect(range.upper == row.upper)
      #expect(range.pick(0) == row.pick_u_0)
      #expect(range.pick(0.5) == row.pick_u_0_5)
    }
  }

  @Test("a longer interval never gets an earlier day with the same fraction")
  func monotone() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<20_000 {
      let maximum = Int.random(in: 1...400, using: &random)
      let minimum = Int.random(in: 1...10, using: &random)
      let interval = Double.random(in: 0...420, using: &random)
      let longer = interval + Double.random(in: 0...5, using: &random)
      let fraction = Double.random(in: 0..<1, using: &random)
      let first = FuzzRange(interval: interval, minimum: minimum, maximum: maximum)
      let second = FuzzRange(interval: longer, minimum: minimum, maximum: maximum)
      #expect(first.pick(fraction) <= second.pick(fraction))
      #expect((first.lower...first.upper).contains(first.pick(fraction)))
      #expect(first.lower >= min(minimum, maximum) && first.upper <= maximum)
    }
  }

  @Test("the last day is within reach and never passed")
  func ends() {
    let range = FuzzRange(interval: 15, maximum: 36_500)
    #expect(range.pick(0) == 13)
    #expect(range.pick(1.0.nextDown) == 17)
    #expect(range.pick(1) == 17)
    #expect(range.pick(.nan) == 13)
  }

  @Test("an interval beyond the limits is fuzzed as the limit is")
  func limits() {
    #expect(FuzzRange(interval: 500, maximum: 30) == FuzzRange(interval: 30, maximum: 30))
    #expect(FuzzRange(interval: 1, minimum: 10, maximum: 30) == FuzzRange(interval: 10, minimum: 10, maximum: 30))
    #expect(FuzzRange(interval: 9, minimum: 40, maximum: 30) == FuzzRange(interval: 30, minimum: 30, maximum: 30))
  }

  @Test("without spread only the rounded interval is left")
  func off() {
    let range = FuzzRange(interval: 15.5, maximum: 36_500, spread: false)
    #expect(range.lower == 16 && range.upper == 16)
  }

  @Test("the fraction of a card is fixed for all time")
  func fixed() {
    #expect(FuzzRange.fraction(card: 1, reviews: 0) == FuzzRange.fraction(card: 1, reviews: 0))
    #expect(FuzzRange.fraction(card: 1, reviews: 0) != FuzzRange.fraction(card: 0, reviews: 1))
    #expect(agrees(FuzzRange.fraction(card: 1, reviews: 0), 0.0074526595464101675, 1e-12))
    #expect(agrees(FuzzRange.fraction(card: -7, reviews: 12), 0.054901416329477426, 1e-12))
  }

  @Test("fractions spread evenly over neighbouring cards and over reviews")
  func even() {
    for fractions in [
      (0..<10_000).map { FuzzRange.fraction(card: $0, reviews: 3) }, (0..<10_000).map { FuzzRange.fraction(card: 3, reviews: $0) },
    ] {
      #expect(fractions.allSatisfy { (0..<1).contains($0) })
      var counts = Array(repeating: 0, count: 10)
      for fraction in fractions { counts[Int(fraction * 10)] += 1 }
      #expect(counts.allSatisfy { (900...1_100).contains($0) })
    }
  }
}
