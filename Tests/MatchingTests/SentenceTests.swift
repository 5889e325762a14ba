import Matching
import Testing

@Suite("Sentences")
struct SentenceTests {
  let wording = Wording(
    skill: { [Scene.negotiation: "negotiation", Scene.persuasion: "persuasion"][$0] ?? "another skill" },
    language: { ["en": "English", "de": "German"][$0] ?? $0 })

  @Test("each line says its fact to the asker")
  func lines() {
    let ranked = Scene.rank([Scene.mentor()], need: Scene.need { $0.timesPassedOn = 1 }).ranked
    #expect(
      ranked.flatMap(\.lines).map(wording.sentence) == [
        "Level 4 in negotiation, you are at 2.", "First common slot in 1 day, 3 common slots in time.",
        "Has given a fair part of the time lately.", "Answered 8 of 10 offers in time in the last 90 days.",
        "Rated 4.0 of 5 in 10 sessions.", "Speaks English.", "You did not ask for another department.",
        "You have not met before.", "This ask was passed on 1 time.",
      ])
  }

  @Test("a newcomer's ratings are never a number")
  func new() {
    let mentor = Scene.mentor { $0.record.allRatings = Ratings(count: 2, sum: 4) }
    #expect(sentence(.rating, mentor) == "New: fewer than 3 ratings.")
  }

  @Test("a neighbouring skill is named beside the one asked for")
  func neighbour() {
    let mentor = Scene.mentor { $0.skills = [SkillLevel(Scene.persuasion, level: 4)] }
    #expect(sentence(.skillFit, mentor) == "Level 4 in persuasion, close to negotiation, where you are at 2.")
  }

  @Test("the mentor reads why, and nothing about who asks")
  func whyYou() {
    let ranked = Scene.rank([Scene.mentor()]).ranked
    #expect(
      ranked.map { wording.whyYou($0, waitedMinutes: 125) } == [
        "You are at level 4 in negotiation. You both are free in 1 day. The ask has waited 2 h."
      ])
  }

  private func sentence(_ factor: Factor, _ mentor: Candidate) -> String? {
    Scene.rank([mentor]).ranked.first?.line(factor).map(wording.sentence)
  }
}
