import Web

extension Configuration {
  var limits: Limits {
    var limits = Limits()
    limits.body = size("limits.body") ?? limits.body
    limits.file = size("storage.max_upload") ?? limits.file
    limits.connections = Int(number("limits.connections"))
    limits.idleSeconds = seconds("limits.idle") ?? limits.idleSeconds
    limits.requestsPerSecond = number("limits.requests_per_second")
    limits.requestBurst = number("limits.request_burst")
    limits.writesPerSecond = number("limits.writes_per_second")
    limits.writeBurst = number("limits.write_burst")
    limits.signInTries = Int(number("limits.sign_in_tries"))
    limits.codeMails = Int(number("limits.code_mails"))
    limits.openAsks = Int(number("limits.open_asks"))
    limits.streamsPerPerson = Int(number("limits.streams_per_person"))
    return limits
  }
}
