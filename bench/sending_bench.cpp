// A warning for a million contacts on a whole node: from its last signature until all messages lie in the outbox, for
// an area of 500 corners that holds one in a hundred of them, and for the whole city; beside bare SQLite that writes as
// many rows of messages in transactions of as many. The channel leads nowhere, so all of them wait. Arguments: a folder
// on the disk in question, contacts.

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>
#include <thread>

#include "bare_outbox.h"
#include "city_node.h"
#include "codec/json_read.h"
#include "notify/notices.h"
#include "outbox/reading.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr const char* kKeeper = "wf-emergency";
constexpr LngLat kMiddle{119.1, 36.7};
constexpr double kWide = 0.5;  // of the city, in degrees each way
constexpr std::size_t kCorners = 500;

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<48} {:>12.1f} {:<8} {:>12.1f} {:>8.3f}\n", name, value, unit, reference, value / reference);
  std::fflush(stdout);
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Anywhere in the city, all of one county.
void write_contacts(const std::string& file, std::size_t count) {
  std::mt19937_64 chance(1);
  std::uniform_real_distribution<double> apart(-kWide, kWide);
  std::ofstream out(file);
  out << "编号,姓名,手机号,区划代码,经度,纬度\n";
  for (std::size_t i = 0; i < count; ++i)
    out << fmt::format("c-{},虚构,{},370783115,{:.5f},{:.5f}\n", i, 13'000'000'000 + i, kMiddle.lng + apart(chance),
                       kMiddle.lat + apart(chance));
}

// Which of them lie in it is a matter of its size alone, since they lie evenly.
Ring outline(double part) {
  const double side = 2 * kWide, far = std::sqrt(part * side * side / std::numbers::pi);
  Ring ring;
  for (std::size_t i = 0; i < kCorners; ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / kCorners;
    ring.push_back({kMiddle.lng + far * std::cos(angle), kMiddle.lat + far * std::sin(angle)});
  }
  ring.push_back(ring.front());
  return ring;
}

command::Outcome ask(Node& node, const char* account, account::Role role, command::Command command,
                     const std::string& target) {
  command::Envelope envelope;
  envelope.actor = {account, std::string("p-") + account, account, kKeeper, {role}};
  envelope.target = target;
  envelope.command = std::move(command);
  return node.execute(std::move(envelope));
}

void must(const command::Outcome& outcome) {
  if (!outcome.ok()) give_up({"refused: " + outcome.error().code + " " + outcome.error().field});
}

struct Sent {
  double seconds = 0;
  std::size_t messages = 0;
};

Sent issue(CityNode& city, warning::Area area) {
  warning::Draft draft;
  draft.content.type = "11A01";
  draft.content.colour = warning::Colour::kRed;
  draft.content.headline = draft.content.description = draft.content.instruction = "虚构";
  draft.content.area = std::move(area);
  draft.content.channels = {"sms"};
  draft.content.expires = machine::SystemClock().now() + std::chrono::hours{6};
  Node& node = city.node();
  const auto drafted = ask(node, "duty1", account::Role::kDutyOfficer, draft, {});
  must(drafted);
  const std::string id(json::parse(drafted->body).value().as_object().at("id").as_string());
  // Who signs has seen how many people it is for; the refusal says it.
  const auto told = ask(node, "duty1", account::Role::kDutyOfficer, warning::Sign{1, -1}, id);
  if (told.ok() || told.error().code != "warning.people_changed") give_up({"the people are not told"});
  const std::int64_t people = std::stoll(told.error().values.front().second);
  must(ask(node, "duty1", account::Role::kDutyOfficer, warning::Sign{1, people}, id));
  must(ask(node, "leader1", account::Role::kLeader, warning::Sign{1, people}, id));
  const auto start = Steady::now();
  const auto reading = outbox::open_reading(city.directory(), outbox::World::kReal);
  const std::string batch = notify::batch_of_issue(id, 1);
  for (;;) {
    const auto found = outbox::summary(*reading, batch, machine::SystemClock().now());
    if (found && found->complete) {
      Sent sent{std::chrono::duration<double>(Steady::now() - start).count()};
      for (const auto& count : found->counts) sent.messages += static_cast<std::size_t>(count.messages);
      return sent;
    }
    if (Steady::now() - start > std::chrono::minutes{10}) give_up({"not all of it was queued"});
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

ChannelSettings nowhere() {
  ChannelSettings channel;
  channel.protocol = "smpp";
  channel.way = {"sms", "sms", notify::Reach::kPhone, outbox::World::kReal, {}};
  channel.gateway = edge::SmsChannel{.name = "sms",
                                     .protocol = edge::SmsProtocol::kSmpp34,
                                     .address = "127.0.0.1",
                                     .port = 1,
                                     .account = "anlan",
                                     .secret = "none",
                                     .number = "10690001"};
  return channel;
}

void run(const std::string& root, std::size_t contacts) {
  CityNode city(root);
  city.start({nowhere()});
  const std::string file = city.directory() + "/contacts.csv";
  write_contacts(file, contacts);
  const auto start = Steady::now();
  if (const auto taken = city.node().take_contacts(file, "bench", kKeeper); !taken.ok()) give_up(taken.error());
  const double import_s = std::chrono::duration<double>(Steady::now() - start).count();
  warning::Area drawn, whole;
  drawn.description = whole.description = "虚构";
  drawn.rings = {outline(0.01)};
  whole.divisions = {"370700"};
  issue(city, drawn);
  const double before = peak_mib();
  const Sent few = issue(city, drawn), all = issue(city, whole);
  const double after = peak_mib(), bare = bare_outbox(city.directory(), contacts);
  const auto n = static_cast<double>(contacts);
  print("contacts.import (bare SQLite, messages)", n / import_s, "lines/s", bare);
  print("sending.queue.500_corners (of all contacts)", static_cast<double>(few.messages), "messages", n);
  print("sending.queue.500_corners, signed to queued (s)", few.seconds, "s", static_cast<double>(few.messages) / bare);
  print("sending.queue.all (bare SQLite, batches)", static_cast<double>(all.messages) / all.seconds, "msg/s", bare);
  print("sending.memory (before the largest)", after, "MiB", before);
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
  anlan::bench::run(root, argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000);
}
