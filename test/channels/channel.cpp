// channel_campaign DIRECTORY KIND MESSAGES [SETTING=VALUE …]: sends so many messages by a gateway of that kind (mail,
// wecom, dingtalk, webhook, loudspeaker), from an outbox in DIRECTORY, until it is known what became of each; then
// prints how many are in which state, and how the line stands. Started again it goes on where the last one ended.
// stay=1: goes on until it is killed. accepted=1: what was accepted is waited for too. known=N: so many are enough.
// down=1: until the line is said to be down.

#include "edge/loudspeaker/channel.h"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <thread>

#include "edge/mail/channel.h"
#include "edge/robot/channel.h"
#include "edge/webhook/channel.h"
#include "outbox/reading.h"
#include "platform/machine/process.h"

namespace anlan {
namespace {

constexpr Milliseconds kLongest{60'000}, kFirst{50}, kMost{300};
const outbox::Backoff kBackoff{Milliseconds{50}, Milliseconds{400}, 6};

class Settings {
 public:
  Settings(int count, char** words) {
    for (int i = 0; i < count; ++i) {
      const std::string word = words[i];
      const auto is = word.find('=');
      if (is != std::string::npos) values_[word.substr(0, is)] = word.substr(is + 1);
    }
  }
  std::string text(const std::string& name, const std::string& otherwise = {}) const {
    const auto found = values_.find(name);
    return found == values_.end() ? otherwise : found->second;
  }
  std::int64_t number(const std::string& name, std::int64_t otherwise = 0) const {
    return std::atoll(text(name, std::to_string(otherwise)).c_str());
  }
  std::uint16_t port() const { return static_cast<std::uint16_t>(number("port")); }
  Milliseconds patience() const { return Milliseconds{number("patience", 2'000)}; }

 private:
  std::map<std::string, std::string> values_;
};

edge::MailChannel mail(const Settings& s) {
  using Security = transfer::MailSecurity;
  const std::string security = s.text("security", "optional");
  return {.name = "out",
          .host = s.text("host", "localhost"),
          .port = s.port(),
          .security = security == "required"   ? Security::kRequired
                      : security == "implicit" ? Security::kImplicit
                                               : Security::kOptional,
          .account = s.text("account"),
          .secret = s.text("secret"),
          .ca_file = s.text("ca"),
          .hello = "anlan.example.gov.cn",
          .from = "warnings@example.gov.cn",
          .from_name = "示范市应急管理局",
          .rate = 500,
          .patience = s.patience(),
          .reconnect_first = kFirst,
          .reconnect_most = kMost,
          .backoff = kBackoff};
}

edge::RobotChannel robot(const Settings& s, edge::RobotKind kind) {
  return {.name = "out",
          .kind = kind,
          .key = s.text("key", "key-1"),
          .secret = s.text("secret"),
          .service = s.text("url"),
          .allow_private = true,
          .rate = static_cast<double>(s.number("rate", 500)),
          .patience = s.patience(),
          .reconnect_first = kFirst,
          .reconnect_most = kMost,
          .backoff = kBackoff};
}

edge::WebhookChannel webhook(const Settings& s) {
  return {.name = "out",
          .url = s.text("url"),
          .secret = s.text("secret", "secret08"),
          .ca_file = s.text("ca"),
          .allow_private = s.number("private", 1) != 0,
          .rate = 500,
          .patience = s.patience(),
          .reconnect_first = kFirst,
          .reconnect_most = kMost,
          .backoff = kBackoff};
}

edge::LoudspeakerChannel loudspeaker(const Settings& s) {
  return {.name = "out",
          .address = s.text("host", "localhost"),
          .port = s.port(),
          .version5 = s.number("version", 3) == 5,
          .account = s.text("account"),
          .secret = s.text("secret"),
          .tls = s.number("tls") != 0,
          .ca_file = s.text("ca"),
          .prefix = "town",
          .group_secret = s.text("group", "0123456789abcdef-village-7"),
          .rate = static_cast<double>(s.number("rate", 500)),
          .at_once = 20,
          .patience = s.patience(),
          .reconnect_first = kFirst,
          .reconnect_most = kMost,
          .backoff = kBackoff};
}

using Gateway = std::unique_ptr<outbox::Gateway>;

template <class Channel>
Gateway begin(const Channel& channel, outbox::Outbox& box, const Clock& clock) {
  if (const auto fault = edge::fault_of(channel)) {
    fmt::print("{{\"fault\": \"{} {}\"}}\n", fault->setting, fault->code);
    std::exit(3);
  }
  return edge::serve(channel, box, clock, [](const std::string& what) {
    fmt::print(stderr, "{}\n", what);
    std::exit(1);
  });
}

Gateway begin(const std::string& kind, const Settings& settings, outbox::Outbox& box, const Clock& clock) {
  if (kind == "mail") return begin(mail(settings), box, clock);
  if (kind == "webhook") return begin(webhook(settings), box, clock);
  if (kind == "loudspeaker") return begin(loudspeaker(settings), box, clock);
  return begin(robot(settings, kind == "wecom" ? edge::RobotKind::kWecom : edge::RobotKind::kDingtalk), box, clock);
}

void queue(outbox::Outbox& box, const std::string& kind, int count, const Settings& settings, Instant now) {
  const std::string text = "青河水位超警：请立即转移🌊\nhttps://a.example.gov.cn/w/1";
  const auto filling =
      box.open({.id = "w1", .expires = now + Minutes{30}, .wordings = {{"", settings.text("text", text)}}}, now);
  std::vector<outbox::Addressed> all;
  for (int i = 0; i < count; ++i) {
    const std::string address = kind == "mail" ? fmt::format("p{}@example.com", i) : fmt::format("device-{}", i);
    all.push_back({std::to_string(i), {{"out", address}}});
  }
  if (!filling.complete) box.fill(filling.batch, "", all, "end", true, now);
}

using Counts = std::map<std::string, std::int64_t>;

Counts counts(sql::Connection& reading, Instant now) {
  Counts result;
  const auto said = outbox::summary(reading, "w1", now);
  for (const auto& c : said->counts) result[std::string(outbox::name_of(c.state))] += c.messages;
  return result;
}

// Reasons of what failed, each once.
std::map<std::string, int> reasons(sql::Connection& reading, Instant now) {
  std::map<std::string, int> result;
  for (const auto& m : outbox::dead_letters(reading, 0, 1'000, now)) ++result[m.reason];
  return result;
}

template <class Map>
void print(const char* name, const Map& map, const char* after) {
  fmt::print("\"{}\": {{", name);
  const char* between = "";
  for (const auto& [key, count] : map) fmt::print("{}\"{}\": {}", std::exchange(between, ", "), key, count);
  fmt::print("}}{}", after);
}

int run(const std::string& directory, const std::string& kind, int messages, const Settings& settings) {
  const machine::SystemClock clock;
  outbox::Outbox box(directory, outbox::World::kReal);
  queue(box, kind, messages, settings, clock.now());
  const auto reading = outbox::open_reading(directory, outbox::World::kReal);
  const auto gateway = begin(kind, settings, box, clock);
  const bool stay = settings.number("stay") != 0, accepted_too = settings.number("accepted") != 0;
  const Instant end = clock.now() + std::min(kLongest, Milliseconds{settings.number("longest", 60'000)});
  while (stay || clock.now() < end) {
    std::this_thread::sleep_for(Milliseconds{20});
    Counts now = counts(*reading, clock.now());
    const std::int64_t known =
        now["delivered"] + now["failed"] + now["uncertain"] + (accepted_too ? 0 : now["accepted"]);
    if (!stay && known >= settings.number("known", messages)) break;
    if (settings.number("down") != 0 && !gateway->health().why.empty()) break;
  }
  fmt::print("{{");
  print("states", counts(*reading, clock.now()), ", ");
  print("reasons", reasons(*reading, clock.now()), ", ");
  fmt::print("\"connected\": {}, \"why\": \"{}\"}}\n", gateway->health().connected, gateway->health().why);
  return 0;
}

}  // namespace
}  // namespace anlan

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  return anlan::run(argv[1], argv[2], std::atoi(argv[3]), anlan::Settings(argc - 4, argv + 4));
}
