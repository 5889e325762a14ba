/// The words of the story: from software engineer to product manager in four months.
enum StoryText {
  static let goal = OpenGoal(
    title: "Move from software engineering to product management",
    measure: "Deliveries per sprint of the team I lead, against the three sprints before",
    target: "25 % more delivered per sprint, and the product manager role", why: "I want to decide with others what is worth building.",
    months: 6,
    skills: ["product-management", "user-interviews", "product-analytics"], fromLevel: 1, toLevel: 3)

  static let milestones = [
    "Finish the track From engineering to product", "Interview five users", "Lead my first cross-functional sprint",
    "Delivery velocity up by 25 %", "Present my evidence for the product manager role",
  ]

  static let question =
    "I am a software engineer and want to become a product manager within the year. I know how things are built and not how one decides what is built. Which gap should I close first, and how can I show it at work?"

  /// What each side takes away from each session, in turn.
  static let insights: [(learner: String, mentor: String, promise: String)] = [
    (
      "Start with the problem a user has, not with the feature they ask for.", "Begin every story with who needs it and why.",
      "Rewrite three stories with the reason in front"
    ),
    (
      "Five interviews show most of what goes wrong; ask about the last time, not about opinions.",
      "She listens well; let her lead the next interview alone.", "Interview two users about their last order"
    ),
    (
      "A number needs a decision that depends on it; else it is decoration.", "Let the data answer one question at a time.",
      "Choose one measure for the release and its limit"
    ),
    (
      "An order of work is a list of what we do not do now.", "A backlog over forty lines is a wish list.",
      "Cut our backlog to twenty lines with the team"
    ),
    (
      "In a sprint across teams the goal has to be one sentence everybody can repeat.",
      "Leading is asking who waits for whom, every morning.",
      "Write the sprint goal as one sentence and ask all three teams to repeat it"
    ),
    (
      "Velocity rose when we stopped starting things: limits did more than speeches.", "She now says no with a reason and an alternative.",
      "Show the figures of four sprints to the head of product"
    ),
    (
      "Evidence is what changed for users, told by somebody else.",
      "She is ready; the panel needs the two confirmed examples and the figures.",
      "Collect the two confirmed examples on one page"
    ),
    (
      "The panel asks what I would stop; I need one answer and its price.", "In two minutes she tells what changed and for whom.",
      "Rehearse the two minutes with somebody from sales"
    ),
    (
      "A no from product takes as much care as a yes.", "Let her give the next one the questions and not the answers.",
      "Pass my interview guide on to the design team"
    ),
    (
      "In the first month it matters more whom I listen to than what I decide.", "One day a week with users has to survive the new role.",
      "Block Thursdays for two talks with users"
    ),
    (
      "A roadmap promises which problems we solve, not which features we build.",
      "Her roadmap fits on one page and names what is left out.", "Show the roadmap to support before the board sees it"
    ),
    (
      "My old team needs somebody who says why, and nobody more who reviews their code.",
      "Letting go of the code was the last step, and she took it.", "Hand my code reviews over to a colleague"
    ),
  ]

  static let sprint = (
    what:
      "Led the first cross-functional sprint with design, data and two engineering teams: one goal, a short daily round, a demo with users at the end",
    place: "Checkout project, sprint 14", skill: "sprint-leadership"
  )
  static let velocity = (
    what: "Delivery velocity up 25 % over four sprints: 24 to 30 finished stories, after limiting work in progress and cutting the backlog",
    place: "Checkout project, sprints 14 to 17", skill: "product-management"
  )
  static let learned = "Decide with users and data, say what we do not do, and let others tell what changed."
}
