import Testing

@testable import Features

@Suite("Question coaching")
struct QuestionCoachTests {
  private let clear = """
    Since Monday I lead a team of five, some of whom were my colleagues. I want them to speak up in meetings by the end of March. \
    I have tried asking each in turn, and got silence. What should I change first?
    """

  @Test("a question with situation, goal, attempt and one question needs no advice")
  func clearQuestion() { #expect(QuestionCoach.advice(for: clear) == []) }

  @Test("each rule speaks when what it looks for is missing")
  func rules() {
    #expect(QuestionCoach.advice(for: "Help me please").contains(.short))
    #expect(QuestionCoach.advice(for: String(repeating: "word ", count: 200)).contains(.long))
    #expect(QuestionCoach.advice(for: "I would like to talk about my presentation on Friday, which I have prepared.").contains(.question))
    #expect(QuestionCoach.advice(for: clear + " And why? And when? And who?").contains(.oneQuestion))
    #expect(QuestionCoach.advice(for: "I have an interview for [role] on [date]. How do I begin?").first == .gaps)
    #expect(QuestionCoach.advice(for: "How do people in large firms deal with silence from everybody else around them?").contains(.goal))
    #expect(QuestionCoach.advice(for: "I want to speak better in front of very many people. How?").contains(.tried))
    #expect(QuestionCoach.advice(for: "I want to sing better than others, I tried humming. How?").contains(.situation))
  }

  @Test("words are looked for in English only; form counts in every language")
  func otherLanguages() {
    let german = "Ich halte am Freitag einen Vortrag vor dem Vorstand und weiß nicht, wie ich anfangen soll. Wie beginne ich?"
    #expect(QuestionCoach.advice(for: german, language: "de") == [])
    #expect(QuestionCoach.advice(for: "Hilfe", language: "de") == [.short, .question])
  }

  @Test("every rule says what to do")
  func words() {
    #expect(QuestionCoach.Rule.allCases.allSatisfy { $0.advice.hasSuffix(".") && $0.advice.count > 20 })
    #expect(Set(QuestionCoach.Rule.allCases.map(\.advice)).count == QuestionCoach.Rule.allCases.count)
  }
}

@Suite("Kinds and situations")
struct KindTests {
  @Test("the kinds that can be asked for are read from the content folder, events and circles left out")
  func kinds() {
    #expect(AskKind.all.count == 10)
    #expect(AskKind.all.allSatisfy { $0.offersAtOnce >= 1 && $0.offerHours > 0 && $0.expiryDays >= 1 })
    #expect(!AskKind.all.contains { ["speed", "group"].contains($0.id) })
    #expect(AskKind.named("nano").isWritten && !AskKind.named("flash").isWritten)
  }

  @Test("every situation names a kind that can be asked for and has gaps to fill in")
  func situations() {
    #expect(Situation.all.count >= 10)
    for situation in Situation.all {
      #expect(AskKind.all.contains { $0.id == situation.kind }, "\(situation.id)")
      #expect(QuestionCoach.advice(for: situation.prompt).contains(.gaps), "\(situation.id)")
    }
  }

  @Test("the kind follows from commitment, urgency and scope")
  func advice() {
    func kind(
      _ urgency: Ask.Urgency, _ commitment: Ask.Commitment, _ minutes: Int = 30, _ situation: String? = nil, _ text: String = "How?"
    ) -> String {
      KindAdvice.recommend(
        urgency: urgency, commitment: commitment, minutes: minutes, situation: Situation.named(situation), question: text
      ).kind
    }
    #expect(kind(.week, .once) == "flash")
    #expect(kind(.now, .once) == "just-in-time")
    #expect(kind(.week, .few) == "micro")
    #expect(kind(.later, .months) == "classic")
    #expect(kind(.now, .months) == "classic")
    #expect(kind(.week, .months, 30, nil, "Our project starts in May.") == "project-based")
    #expect(kind(.week, .once, 45, "interview-preparation") == "situational")
    #expect(kind(.week, .once, 60, nil, "Please review my draft.") == "gig")
    #expect(kind(.week, .few, 45, "returning-from-leave") == "peer")
  }
}
