#pragma once
// A story of the demo city (data/demo/README.md): steps in order, each one command over HTTP.

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "main/demo/city.h"
#include "platform/http/client.h"

namespace anlan::demo {

// `zh` and `en` tell the reader what happens; `as` names what it makes, `on` what it acts on.
struct Step {
  std::int64_t at_minute = 0;
  std::string actor, action, on, as, zh, en;
  std::string key;             // idempotency key, "story-7" of the seventh: the journal tells how far a story came
  boost::json::object fields;  // as written; NAME_minute still in minutes after the call
};

// Steps in the order of time, the call at minute 0.
struct Story {
  std::string title, title_en;
  std::vector<Step> steps;
};

Result<Story, Mistakes> read_story(const std::string& file);

// The address of an action on something; nothing for an action that is none.
std::optional<std::string> address_of(const std::string& action, const std::string& id);

// The body of a step when the call came at `call`.
std::string body_of(const Step&, Instant call);

// Plays a story on a node through its interface, as its accounts. One thread.
// Each account signs in once. Minutes that a step names count from the moment at which the call is played.
class Player {
 public:
  Player(std::uint16_t port, const City&, const Clock&, std::string language);

  // A Failure holds what the node said.
  Result<Done> play(const Step&);
  // A file of what a step made, as the account `actor`: "document.pdf".
  Result<std::string> fetch(const std::string& actor, const std::string& as, const std::string& file);

 private:
  // A connection of its own for each account, as consoles have.
  struct Session {
    http::Client client;
    std::string cookie;
  };
  Result<Session*> session(const std::string& account);

  std::uint16_t port_;
  const City& city_;
  const Clock& clock_;
  const std::string language_;
  std::map<std::string, Session> sessions_;
  std::map<std::string, std::string> made_;  // `as` → id
  std::optional<Instant> call_;
};

}  // namespace anlan::demo
