#include <algorithm>
#include <map>

#include "codec/schema.h"
#include "command/own_node.h"
#include "edge/http/asked.h"
#include "edge/http/command_route.h"
#include "edge/http/parameters.h"
#include "edge/http/reauthentication.h"
#include "edge/http/render_warning.h"
#include "edge/http/sending.h"
#include "outbox/reading.h"
#include "view/callouts.h"

namespace anlan::edge {
namespace {

using account::Role;

constexpr std::int64_t kMostMessages = 200, kMostResent = 1000;
constexpr Rate kTestRate{10, 0.2};

// Who looks after warnings, and who looks after the system.
std::vector<Role> lookers() {
  return {Role::kDutyOfficer, Role::kCountyOfficer, Role::kTownOfficer, Role::kLeader, Role::kSystemAdmin};
}

// "138****5678": enough to tell two apart, too little to call.
std::string masked(const std::string& address) {
  const auto at = address.find('@');
  const std::string name = address.substr(0, at), rest = at == address.npos ? std::string() : address.substr(at);
  if (name.size() < 8) return std::string(name.empty() ? 0 : 1, name.empty() ? '*' : name[0]) + "***" + rest;
  return name.substr(0, 3) + "****" + name.substr(name.size() - 4) + rest;
}

// The outbox keeps 0 for what has not come.
std::optional<Instant> moment(Instant at) { return at == Instant{} ? std::nullopt : std::optional(at); }

// As its bounds are known: of a channel, all states that its messages are in.
struct Tally {
  std::int64_t queued = 0, in_flight = 0, accepted = 0, delivered = 0, failed = 0, uncertain = 0, dropped = 0;

  // States that only the outbox needs to tell apart are one here: what waits for its turn, and what waits to be tried
  // again; what failed, and what went on by another channel.
  void add(outbox::State state, std::int64_t messages) {
    using enum outbox::State;
    switch (state) {
      case kReady:
      case kWaiting:
        queued += messages;
        break;
      case kInFlight:
        in_flight += messages;
        break;
      case kAccepted:
        accepted += messages;
        break;
      case kDelivered:
        delivered += messages;
        break;
      case kFailed:
      case kPassedOn:
        failed += messages;
        break;
      case kUncertain:
        uncertain += messages;
        break;
      case kCancelled:
      case kExpired:
        dropped += messages;
        break;
    }
  }
  void write(std::string& out, const std::string& channel) const {
    json::Object object(out);
    object.member("channel", channel);
    object.member("queued", queued);
    object.member("in_flight", in_flight);
    object.member("accepted", accepted);
    object.member("delivered", delivered);
    object.member("failed", failed);
    object.member("uncertain", uncertain);
    object.member("dropped", dropped);
  }
};

// One batch of a warning: a version of it, or its cancellation.
void batch(std::string& out, const std::string& id, std::optional<std::int64_t> version, const outbox::Summary& s) {
  std::map<std::string, Tally> tallies;
  for (const outbox::Count& count : s.counts) tallies[count.channel].add(count.state, count.messages);
  json::Object object(out);
  object.member("batch", id);
  object.nullable("warning_version", version);
  object.member("complete", s.complete);
  object.member("cancelled", s.cancelled);
  object.member("opened_at", s.opened);
  json::write_list(object.key("channels"), tallies,
                   [](std::string& o, const auto& tally) { tally.second.write(o, tally.first); });
}

// Of all versions that were issued, and of the cancellation.
std::vector<std::pair<std::string, std::optional<std::int64_t>>> batches_of(const Sending& sending,
                                                                            const warning::Warning& w) {
  std::vector<std::pair<std::string, std::optional<std::int64_t>>> batches;
  for (const auto* v : w.issued()) batches.emplace_back(sending.batch_of(w.id, v->number), v->number);
  if (w.cancelled) batches.emplace_back(sending.batch_of(w.id, std::nullopt), std::nullopt);
  return batches;
}

struct Sent {
  std::string id;
  std::optional<std::int64_t> version;
  outbox::Summary summary;
};

// A version that went out before this node had an outbox, or was purged, is left out.
Body sent(Page& page, Sending& sending) {
  const auto w = read_warning(page, page.arguments.at(0));
  if (!w.ok()) return w.error();
  const auto reading = sending.reading(world_of(page.world));
  std::vector<Sent> found;
  for (auto& [id, version] : batches_of(sending, *w))
    if (auto summary = outbox::summary(*reading, id, page.now)) found.push_back({id, version, std::move(*summary)});
  return render::items(page, found,
                       [](std::string& out, const Sent& one) { batch(out, one.id, one.version, one.summary); });
}

void message(std::string& out, const outbox::Message& m) {
  json::Object object(out);
  object.member("number", std::to_string(m.number));
  object.member("batch", m.batch_id);
  object.member("channel", m.channel);
  object.member("address", masked(m.address));
  object.member("state", outbox::name_of(m.state));
  object.member("tries", static_cast<std::int64_t>(m.tries));
  object.nullable("queued_at", moment(m.queued));
  object.nullable("accepted_at", moment(m.accepted));
  object.nullable("delivered_at", moment(m.delivered));
  object.nullable("failed_at", moment(m.failed));
  object.member("reason", m.reason);
}

// By warning, so that who may not see it does not see to whom it went.
Body messages(Page& page, Sending& sending) {
  Asked asked(page);
  const auto after = asked.number("behind", 0, std::numeric_limits<std::int64_t>::max());
  const std::string named = asked.text("batch");
  if (asked.fault()) return *asked.fault();
  const auto w = read_warning(page, page.arguments.at(0));
  if (!w.ok()) return w.error();
  const std::string end = sending.batch_of(w->id, std::nullopt);
  if (!named.starts_with(end.substr(0, end.rfind('/') + 1)))
    return refuse(RefusalKind::kNotFound, "warning.unknown", "batch");
  const auto reading = sending.reading(world_of(page.world));
  auto found = outbox::messages(*reading, named, after.value_or(0), kMostMessages + 1, page.now);
  const bool more = found.size() > static_cast<std::size_t>(kMostMessages);
  if (more) found.pop_back();
  return render::items(
      page, [&](std::string& out) { json::write_list(out, found, message); }, more);
}

// Who had a batch sent: the issuer of a warning, or who calls on it; nobody for tests.
std::string sender_of(sql::Connection& sql, const std::string& batch) {
  const auto slash = batch.find('/');
  const std::string kind = batch.substr(0, slash), rest = slash == batch.npos ? std::string() : batch.substr(slash + 1);
  if (kind == "warning") {
    const std::string warning = rest.substr(0, rest.find('/'));
    const auto dot = warning.find('.');
    return dot == warning.npos ? std::string() : warning.substr(dot + 1);
  }
  const auto sequence = kind == "call" ? position_of(rest) : std::nullopt;
  const std::string callout = sequence ? view::callout_of_call(sql, *sequence) : std::string();
  return callout.substr(std::min(callout.find('/') + 1, callout.size()));
}

// What of the outbox somebody may see and send again.
class Own {
 public:
  Own(sql::Connection& sql, const state::Directory& directory, const command::Reference& reference,
      const account::Actor& actor)
      : sql_(sql), all_(command::runs_channels(directory, reference, actor)), organisation_(actor.organisation) {}

  bool has(const std::string& batch) {
    if (all_) return true;
    const auto [known, is_new] = known_.try_emplace(batch);
    if (is_new) known->second = !organisation_.empty() && sender_of(sql_, batch) == organisation_;
    return known->second;
  }

 private:
  sql::Connection& sql_;
  const bool all_;
  const std::string organisation_;
  std::map<std::string, bool> known_;  // by batch
};

// Of all that was sent, not of warnings alone: calls and tests fail too.
Body dead_letters(Page& page, Sending& sending) {
  Asked asked(page);
  const auto before = asked.number("before", 0, std::numeric_limits<std::int64_t>::max());
  if (asked.fault()) return *asked.fault();
  const auto reading = sending.reading(world_of(page.world));
  Own own(page.sql, page.directory, page.reference, page.viewer);
  std::vector<outbox::Message> found;
  bool last = false;
  for (std::int64_t from = before.value_or(0); !last && std::ssize(found) <= kMostMessages;) {
    auto some = outbox::dead_letters(*reading, from, kMostMessages + 1, page.now);
    last = std::ssize(some) <= kMostMessages;
    if (!some.empty()) from = some.back().number;
    std::ranges::copy_if(some, std::back_inserter(found), [&](const auto& one) { return own.has(one.batch_id); });
  }
  const bool more = std::ssize(found) > kMostMessages;
  if (more) found.resize(static_cast<std::size_t>(kMostMessages));
  return render::items(
      page, [&](std::string& out) { json::write_list(out, found, message); }, more);
}

Body channels(Page& page, Sending& sending) {
  return render::items(page, sending.standings(), [](std::string& out, const ChannelStanding& c) {
    json::Object object(out);
    object.member("name", c.name);
    object.member("kind", c.kind);
    object.member("protocol", c.protocol);
    object.member("drill", c.world == outbox::World::kDrill);
    object.nullable("connected", c.health ? std::optional(c.health->connected) : std::nullopt);
    object.nullable("since", c.health ? moment(c.health->since) : std::nullopt);
    object.member("why", c.health ? c.health->why : std::string());
  });
}

struct TestBody {
  std::string address;
  static constexpr auto fields = std::tuple{field("address", &TestBody::address, 200)};
};

// The fact comes first, so that nothing goes out of which nobody knows who sent it; what was sent under that key
// already is not sent again. `act` gives to the outbox, on a worker, and says what the answer has beside the usual.
void note_and_do(Services& services, const Call& call, command::Command noted,
                 std::function<std::string(Services&, const Call&)> act) {
  auto envelope = envelope_of(call, std::move(noted));
  if (!envelope.ok()) return answer_refusal(services, call, envelope.error());
  envelope->world = command::kReal;  // the channels stand there
  auto shared = std::make_shared<Call>(call);
  services.submit(std::move(*envelope), [&services, shared, act = std::move(act)](const command::Outcome& outcome) {
    if (!outcome.ok()) return answer_refusal(services, *shared, outcome.error());
    if (outcome->replayed) return answer_json(*shared, outcome->status, outcome->body);
    const bool taken = services.workers().post([&services, shared, act, body = outcome->body]() mutable {
      body.insert(body.size() - 1, act(services, *shared));
      answer_json(*shared, 202, std::move(body));
    });
    if (!taken) answer_refusal(services, *shared, refuse(RefusalKind::kBusy, "node.busy"));
  });
}

void test(Services& services, Sending& sending, const Call& call) {
  const auto body = read_body<TestBody>(services, call);
  if (!body) return;
  if (body->address.find_first_of("\t\r\n") != std::string::npos)
    return answer_refusal(services, call, refuse(RefusalKind::kMalformed, "field.control", "address"));
  const std::string& name = call.arguments.at(0);
  const auto standings = sending.standings();
  const auto channel = std::ranges::find(standings, name, &ChannelStanding::name);
  if (channel == standings.end())
    return answer_refusal(services, call, refuse(RefusalKind::kNotFound, "channel.unknown"));
  if (channel->world != world_of(call.world))
    return answer_refusal(services, call, refuse(RefusalKind::kRule, "channel.other_world"));
  note_and_do(services, call, command::TestChannel{{name, masked(body->address)}},
              [&sending, address = body->address](Services& s, const Call& c) {
                const std::string text = s.texts().get(c.locale, "notice.test", {{"node", s.node().name}});
                sending.test(c.arguments.at(0), address, text);
                return std::string();
              });
}

// Numbers as texts: they are larger than what every reader of JSON holds exactly.
struct ResendBody {
  std::vector<std::string> messages;
  static constexpr auto fields = std::tuple{field("messages", &ResendBody::messages, kMostResent)};
};

// Those of them that did not get through, and were sent for whoever asks. Another's is as one that is not there.
std::vector<std::int64_t> dead_of(Services& services, Sending& sending, const Call& call,
                                  const std::vector<std::int64_t>& numbers) {
  const auto directory = services.directory();
  const auto reading = sending.reading(world_of(call.world));
  Own own(services.reader(), *directory, services.reference(), call.viewer.actor);
  std::vector<std::int64_t> dead;
  for (const std::int64_t number : numbers) {
    if (number <= 0 || number == std::numeric_limits<std::int64_t>::max()) continue;
    const auto found = outbox::dead_letters(*reading, number + 1, 1, services.clock().now());
    if (!found.empty() && found.front().number == number && own.has(found.front().batch_id)) dead.push_back(number);
  }
  return dead;
}

void resend(Services& services, Sending& sending, const Call& call) {
  const auto body = read_body<ResendBody>(services, call);
  if (!body) return;
  std::vector<std::int64_t> numbers;
  for (const std::string& one : body->messages) {
    const auto number = position_of(one);
    if (!number)
      return answer_refusal(services, call,
                            refuse(RefusalKind::kMalformed, "field.value", "messages", {{"allowed", "0, 1, 2, …"}}));
    numbers.push_back(*number);
  }
  const auto dead = dead_of(services, sending, call, numbers);
  channel::Resent noted{call.world == command::kReal ? "real" : "drill", {}};
  for (const std::int64_t number : dead) noted.messages.push_back(std::to_string(number));
  note_and_do(services, call, command::Resend{std::move(noted)}, [&sending, dead](Services&, const Call& c) {
    return ",\"messages\":" + std::to_string(sending.resend(world_of(c.world), dead));
  });
}

// What the outbox is asked first is asked on a worker.
template <class Command, class Body>
Route doing(std::string_view path, Sending& sending, void (*act)(Services&, Sending&, const Call&)) {
  return {.method = http::Method::kPost,
          .path = path,
          .access = Access::kCommand,
          .permission = Command::kName,
          .body_limit = kUsualBody,
          .rate = kTestRate,
          .request_schema = json::schema<Body>(),
          .handle = [&sending, act](Services& services, Call call) {
            on_worker(services, std::move(call), [&services, &sending, act](Call c) { act(services, sending, c); });
          }};
}

}  // namespace

outbox::World world_of(const std::string& world) {
  return world == command::kReal ? outbox::World::kReal : outbox::World::kDrill;
}

std::vector<Route> sending_routes(Sending& sending) {
  const auto asked = [&sending](Body (*answer)(Page&, Sending&)) -> PageFunction {
    return [&sending, answer](Page& page) { return answer(page, sending); };
  };
  using namespace parameter;
  constexpr std::int64_t kAny = std::numeric_limits<std::int64_t>::max();
  return {
      answering(page("/api/v1/channels", asked(channels), Access::kRoles, lookers()), "Channel[]"),
      answering(page("/api/v1/warnings/{id}/sending", asked(sent)), "SentBatch[]"),
      asking(answering(page("/api/v1/warnings/{id}/messages", asked(messages), Access::kRoles, lookers()),
                       "SentMessagePage"),
             {text("batch"), number("behind", 0, kAny)}),
      asking(answering(page("/api/v1/dead-letters", asked(dead_letters), Access::kRoles, lookers()), "SentMessagePage"),
             {number("before", 0, kAny)}),
      doing<command::TestChannel, TestBody>("/api/v1/channels/{name}/test", sending, test),
      doing<command::Resend, ResendBody>("/api/v1/dead-letters/resend", sending, resend),
  };
}

}  // namespace anlan::edge
