#pragma once
// Carries reports to the platform of an organisation outside of all nodes, and brings back what it answers:
// docs/province-interface.md.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "command/command.h"
#include "edge/outside/receipt.h"
#include "platform/crypto/sm2.h"
#include "platform/http/client.h"
#include "state/directory.h"

namespace anlan::edge::outside {

// Who is reached, and how. Read once at start; another platform is another process's business.
struct Settings {
  std::string organisation;  // external, by the register
  std::string address;       // numeric
  std::int64_t port = 443;
  std::string base;  // of its paths: "/anlan/v1"
  std::string token;
  http::Pinned files;  // with its fingerprint
};

// What the node lends; all of it outlives the courier.
struct Ground {
  std::string node;
  crypto::Sm2PrivateKey key;
  const Clock& clock;
  std::function<sql::Connection&()> reader;  // of the calling thread
  std::function<std::shared_ptr<const state::Directory>()> directory;
  std::function<Outcome<std::string>(const std::string& report)> document;  // of the last version that was sent
  std::function<command::Outcome(command::Envelope)> execute;               // waits
  std::function<void(std::string_view)> log;
};

// The signed document, as it is posted and as it lies in a file.
std::string signed_text(const Ground&, const std::string& document);
// What was answered becomes what a desk would note; the refusal of a receipt that fits no report that waits. What is
// known does nothing.
command::Outcome note(const Ground&, const std::string& organisation, const Receipt&, report::Channel);

// Of one report: how often it was tried and what came of it. Gone with the process, which then posts once more under
// the same key.
struct Delivery {
  std::int64_t version = 1;
  Instant waiting_since;
  std::int64_t tries = 0;
  std::optional<Instant> tried_at, delivered_at;
  std::optional<std::string> last_error;
};

// What is due is what the view of unanswered reports says each time it is asked: there is no queue that could be lost.
// A report that fails waits 5 s, then twice as long each time, up to 5 min, and holds up no other one; where the line
// itself is cut, the others are not tried either until the next step.
class Courier {
 public:
  // Fails where certificate and key cannot be read. Nothing is sent before step().
  static Result<std::unique_ptr<Courier>> make(Ground, Settings);

  // Delivers what waits and is due, and asks for answers. On one thread, about once a second; one process does it.
  void step();
  // From any thread: requests on the way and all later ones fail.
  void interrupt() { line_.interrupt(); }
  // How a report that waits for its answer stands; nothing for others. Where the settings name nobody outside, what
  // waits for somebody outside tells so. Thread safe.
  std::optional<Delivery> delivery(const std::string& report) const;

 private:
  Courier(Ground ground, Settings settings, http::Client line)
      : ground_(std::move(ground)), settings_(std::move(settings)), line_(std::move(line)) {}

  // Brings waiting_ up to what the view says.
  void look();
  // Whom the settings name: what is wrong with that, told once in the log; empty where nothing is.
  std::string fault_of_receiver(const state::Directory&);
  // False where the line is cut: the others need not be tried now.
  bool deliver(const std::string& report, Delivery& one);
  // While something was delivered and is not answered; what is known already does nothing.
  void ask_for_receipts();
  // False where the node was too busy to record one: they must come again.
  bool take(const Receipts&);
  http::Headers headers() const;
  void failed(Delivery&, const std::string& what);
  bool is_due(const Delivery&) const;

  const Ground ground_;
  const Settings settings_;
  http::Client line_;
  mutable std::mutex mutex_;
  std::map<std::string, Delivery> waiting_;  // by report
  std::string cursor_, last_failure_, fault_;
  Instant asked_at_{};
};

}  // namespace anlan::edge::outside
