import Testing

@testable import SpacedRepetition

@Suite("The memory model keeps its promises for any weights and any answers")
struct BoundsTests {
  @Test("stability and difficulty stay in range, recall in (0, 1]")
  func bounds() throws {
    var random = SeededGenerator(seed: 1)
    let days = [Int.min, -1, 0, 1, 2, 30, 365, 36_500, 1_000_000, Int.max]
    for _ in 0..<300 {
      let model = MemoryModel(parameters: try random.parameters())
      var memory = model.first(random.grade())
      for _ in 0..<60 {
        let elapsed = days.randomElement(using: &random) ?? 0
        let recall = model.retrievability(of: memory, afterDays: Double(elapsed))
        #expect(recall > 0 && recall <= 1)
        #expect(model.interval(for: memory, retention: .random(in: 0.7...0.97, using: &random)).isFinite)
        memory = model.next(after: memory, grade: random.grade(), elapsedDays: elapsed)
        #expect(MemoryState.stabilityRange.contains(memory.stability))
        #expect(MemoryState.difficultyRange.contains(memory.difficulty))
      }
    }
  }

  @Test("a million random answers never leave the ranges")
  func million() {
    var random = SeededGenerator(seed: 2)
    let model = MemoryModel()
    var memory = model.first(.good)
    var outside = 0
    for _ in 0..<1_000_000 {
      let bits = random.next()
      let grade = Grade(rawValue: Int(bits & 3) + 1) ?? .good
      memory = model.next(after: memory, grade: grade, elapsedDays: Int(bits >> 2 & 63) - 8)
      let inRange =
        MemoryState.stabilityRange.contains(memory.stability) && MemoryState.difficultyRange.contains(memory.difficulty)
      if !inRange { outside += 1 }
    }
    #expect(outside == 0)
  }

  @Test("values that are no numbers are brought into range")
  func noNumbers() {
    for value in [Double.nan, -.infinity, .infinity, -1, 0] {
      let memory = MemoryState(stability: value, difficulty: value)
      #expect(MemoryState.stabilityRange.contains(memory.stability))
      #expect(MemoryState.difficultyRange.contains(memory.difficulty))
      let model = MemoryModel()
      #expect(model.retrievability(of: memory, afterDays: value) <= 1)
      #expect(FuzzRange(interval: value, maximum: 100).upper <= 100)
      let converted = model.memory(from: SuperMemo2(ease: value, interval: value, retention: value))
      #expect(converted.stability.isFinite && converted.difficulty.isFinite)
    }
  }

  @Test("a better answer never gives less stability or more difficulty")
  func monotoneInGrade() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2_000 {
      let model = MemoryModel(parameters: try random.parameters())
      let memory = MemoryState(
        stability: .random(in: 0.001...1_000, using: &random), difficulty: .random(in: 1...10, using: &random))
      let elapsed = Int.random(in: 0...400, using: &random)
      let next = Grade.allCases.map { model.next(after: memory, grade: $0, elapsedDays: elapsed) }
      for (worse, better) in zip(next, next.dropFirst()) {
        #expect(worse.stability <= better.stability)
        #expect(worse.difficulty >= better.difficulty)
      }
    }
  }

  @Test("recall falls with time; the interval falls as more recall is wanted")
  func monotoneInTime() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<2_000 {
      let model = MemoryModel(parameters: try random.parameters())
      let memory = MemoryState(stability: .random(in: 0.001...1_000, using: &random), difficulty: 5)
      let early = Double.random(in: 0...500, using: &random)
      #expect(model.retrievability(of: memory, afterDays: early + 1) < model.retrievability(of: memory, afterDays: early))
      let retention = Double.random(in: 0.7...0.96, using: &random)
      #expect(model.interval(for: memory, retention: retention + 0.01) < model.interval(for: memory, retention: retention))
      #expect(agrees(model.retrievability(of: memory, afterDays: memory.stability), 0.9))
    }
  }
}
