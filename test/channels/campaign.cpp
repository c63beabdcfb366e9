// sms_campaign DIRECTORY PORT SECRET MESSAGES [stay]: sends so many short texts and as many long ones by SMPP to the
// gateway at that port of this machine, from an outbox in DIRECTORY, until it is known what became of each; then prints
// how many are in which state. `stay`: goes on until it is killed. Started again it goes on where the last one ended.

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <thread>

#include "edge/sms/gateway.h"
#include "outbox/reading.h"
#include "platform/machine/process.h"

namespace anlan {
namespace {

constexpr Milliseconds kLongest{60'000};

void queue(outbox::Outbox& box, const std::string& id, const std::string& text, std::int64_t first, int count,
           Instant now) {
  const auto filling = box.open({.id = id, .expires = now + Minutes{30}, .wordings = {{"", text}}}, now);
  std::vector<outbox::Addressed> people;
  for (int i = 0; i < count; ++i) people.push_back({std::to_string(i), {{"sms", fmt::format("+86{}", first + i)}}});
  if (!filling.complete) box.fill(filling.batch, "", people, "end", true, now);
}

std::map<std::string, std::int64_t> counts(sql::Connection& reading, Instant now) {
  std::map<std::string, std::int64_t> result;
  for (const char* id : {"short", "long"}) {
    const auto said = outbox::summary(reading, id, now);
    for (const auto& c : said->counts) result[std::string(outbox::name_of(c.state))] += c.messages;
  }
  return result;
}

int run(const std::string& directory, std::uint16_t port, const std::string& secret, int messages, bool stay) {
  const machine::SystemClock clock;
  outbox::Outbox box(directory, outbox::World::kReal);
  queue(box, "short", "Water is rising: leave now. €5 [net]", 13'800'000'000, messages, clock.now());
  std::string text;
  for (int i = 0; i < 20; ++i) text += "水位超过警戒，请转移🌊";
  queue(box, "long", text, 13'900'000'000, messages, clock.now());
  const edge::SmsChannel channel{.name = "sms",
                                 .protocol = edge::SmsProtocol::kSmpp34,
                                 .address = "127.0.0.1",
                                 .port = port,
                                 .account = "anlan",
                                 .secret = secret,
                                 .number = "10690001",
                                 .rate = 2000,
                                 .patience = Milliseconds{2'000},
                                 .reconnect_first = Milliseconds{50},
                                 .backoff = {Milliseconds{100}, Milliseconds{500}, 5}};
  const auto reading = outbox::open_reading(directory, outbox::World::kReal);
  const edge::SmsGateway gateway(channel, box, clock, [](const std::string& what) {
    fmt::print(stderr, "{}\n", what);
    std::exit(1);
  });
  for (const Instant end = clock.now() + kLongest; stay || clock.now() < end;
       std::this_thread::sleep_for(Milliseconds{20})) {
    const auto now = counts(*reading, clock.now());
    std::int64_t known = 0;
    for (const char* state : {"delivered", "failed", "uncertain"})
      if (const auto found = now.find(state); found != now.end()) known += found->second;
    if (!stay && known == 2 * messages) break;
  }
  fmt::print("{{");
  const char* between = "";
  for (const auto& [state, count] : counts(*reading, clock.now())) {
    fmt::print("{}\"{}\": {}", between, state, count);
    between = ", ";
  }
  fmt::print("}}\n{}\n", gateway.health().why);
  return 0;
}

}  // namespace
}  // namespace anlan

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  return anlan::run(argv[1], static_cast<std::uint16_t>(std::atoi(argv[2])), argv[3], std::atoi(argv[4]), argc > 5);
}
