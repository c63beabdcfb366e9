#include "main/node.h"

#include <future>

#include "edge/http/forwarded.h"
#include "edge/http/outside.h"
#include "edge/http/routes.h"
#include "journal/presence.h"
#include "journal/start.h"
#include "main/carry_works.h"
#include "main/first_start.h"
#include "main/load.h"
#include "main/own_certificate.h"
#include "main/own_keys.h"
#include "main/register_works.h"
#include "main/version.h"
#include "platform/crypto/random.h"
#include "platform/machine/files.h"
#include "policy/timers.h"
#include "view/views.h"

namespace anlan {
namespace {

// Tasks that may wait for a worker; more are answered 503 rather than late.
constexpr std::size_t kWaitingTasks = 256;
// For requests in flight when the node is asked to stop.
constexpr std::chrono::seconds kStopPatience{5};
// How long a question waits for a position that has not been reached.
constexpr std::chrono::seconds kPositionPatience{2};
// How exactly the end of that is met.
constexpr Milliseconds kPatienceStep{200};
// Somebody stands before the machine with a stick.
constexpr Milliseconds kPostStep{500};
constexpr Milliseconds kDeskStep{250};
constexpr Milliseconds kOutsideStep{1000}, kIntakeStep{1000};
// Steps of the timer after which the processes on a store look at each other, and after which they tell which sessions
// were used: a second, and 15 s, a small part of the shortest idle time.
constexpr int kStepsPerLook = 5, kStepsPerTelling = 75;

// The console is there once it was built; a node serves without it.
std::shared_ptr<const http::StaticFiles> console_files(const std::string& folder) {
  auto files = http::StaticFiles::load(folder);
  return files.ok() ? std::make_shared<const http::StaticFiles>(std::move(*files)) : nullptr;
}

// The fixed words of bulletins, the site's over the shipped ones.
Result<document::BulletinWords> bulletin_words(const Configuration& configuration) {
  const auto text = machine::read_file(configuration.shared("documents/bulletin.toml"));
  if (!text.ok()) return text.error();
  auto words = document::parse_bulletin_words(*text);
  if (!words.ok()) return words.error();
  for (const auto& [name, word] : configuration.words) words->words[name] = word;
  return words;
}

// Headers of the console's security go with every answer.
http::Options http_options(const Configuration& c, std::function<void(std::string_view)> log) {
  http::Options options;
  options.threads = static_cast<unsigned>(c.http.threads);
  options.max_connections = static_cast<std::size_t>(c.http.connections);
  options.certificate_file = c.http.certificate;
  options.key_file = c.http.key;
  options.response_headers = http::strict_security_headers();
  options.log = std::move(log);
  return options;
}

// Of this process, which began then.
federation::OwnStatement stated_by(const Configuration& c, Instant started_at) {
  return [data = c.data, shared = sql::is_shared(c.store()), started_at] {
    constexpr std::int64_t kMebibyte = 1 << 20;
    federation::Statement own;
    own.release = kVersion;
    own.engine = shared ? "postgresql" : "sqlite";
    own.started_at = started_at;
    if (const auto room = machine::room_of(data)) {
      own.disk_free_mib = room->free / kMebibyte;
      own.disk_mib = room->all / kMebibyte;
    }
    return own;
  };
}

}  // namespace

Result<std::unique_ptr<Node>> Node::start(const Configuration& configuration, Surroundings around) {
  auto reference = load_reference(configuration);
  if (!reference.ok()) return as_failure(reference.error());
  auto texts = load_texts(configuration.shared("text"));
  if (!texts.ok()) return as_failure(texts.error());
  auto press = document::Press::open(configuration.shared("documents"), configuration.fonts);
  if (!press.ok()) return press.error();
  auto words = bulletin_words(configuration);
  if (!words.ok()) return words.error();
  if (auto made = machine::make_folder(configuration.data); !made.ok()) return made.error();
  auto keys = keys_of(configuration, around.clock, around.random);
  if (!keys.ok()) return keys.error();
  std::unique_ptr<Node> node(new Node(configuration, std::move(around), std::move(*reference), std::move(*texts),
                                      keys->master, std::move(*press), std::move(*words)));
  Mistakes mistakes;
  const auto limits = load_limits(configuration, mistakes);
  if (!mistakes.empty()) return as_failure(mistakes);
  node->watch_ = std::make_unique<federation::Watch>(configuration.node_id,
                                                     stated_by(configuration, node->around_.clock.now()), limits);
  node->key_.emplace(keys->pair.private_pem);
  auto signer = message_signer(configuration);
  if (!signer.ok()) return signer.error();
  node->message_signer_.emplace(std::move(*signer));
  auto peers = Peers::open(configuration, *keys);
  if (!peers.ok()) return peers.error();
  node->peers_ = std::move(*peers);
  if (auto opened = node->open_store(); !opened.ok()) return opened.error();
  // While a shared store was empty, processes with different keys may each have taken theirs for its own.
  if (node->shared_)
    if (auto own = keys_of(configuration, node->around_.clock, node->around_.random); !own.ok()) return own.error();
  if (auto serving = node->serve(); !serving.ok()) return serving.error();
  return node;
}

Node::Node(Configuration configuration, Surroundings around, command::Reference reference, Texts texts,
           crypto::Key master, document::Press press, document::BulletinWords words)
    : configuration_(std::move(configuration)),
      around_(std::move(around)),
      reference_(std::move(reference)),
      texts_(std::move(texts)),
      master_(master),
      tickets_(master_, edge::kCallTickets),
      press_(std::move(press)),
      words_(std::move(words)) {
  description_.name = configuration_.node_name;
  description_.version = kVersion;
  description_.demo = configuration_.demo;
  description_.idle = Minutes{configuration_.idle_minutes};
  description_.secure_cookies = !configuration_.http.certificate.empty();
  description_.rate_factor = static_cast<double>(configuration_.http.rate_factor);
  description_.proxies = edge::addresses_in(configuration_.http.proxies);
  description_.basemap = configuration_.shared("basemap");
  if (auto style = machine::read_file(configuration_.shared("public/public.css")); style.ok())
    description_.public_style = std::move(*style);
}

// No new time, then no requests, then the queue is written out. What workers still do then may ask the writer, which
// sends it away; after them nobody needs the server any more.
Node::~Node() {
  if (courier_) courier_->interrupt();
  if (intake_) intake_->interrupt();
  posting_.reset();
  sending_.reset();
  carrying_.reset();
  watching_.reset();
  asking_.reset();
  desk_.reset();
  timer_.reset();
  patience_.reset();
  siblings_.reset();
  follower_.reset();
  if (peers_) peers_->end_lines();
  waiting_.close();
  if (server_) server_->stop(kStopPatience);
  if (store_) store_->stop();
  if (writer_) writer_->stop();
  peers_.reset();
  workers_.reset();
  server_.reset();
}

// What cannot be opened is told and leaves the files as they were found.
Result<Done> Node::open_store() {
  try {
    views_ = view::all_views();
    edition_ = journal::edition_of(view::pointers(views_));
    contacts_ = std::make_unique<ContactBook>(contact_ground());
    store_ = std::make_unique<StoreWriter>(StoreGround{configuration_.store(), master_, reference_, around_.clock,
                                                       around_.random, view::pointers(views_), contacts_.get()});
    if (around_.prepare)
      if (auto prepared = around_.prepare(store_->executor()); !prepared.ok()) return prepared.error();
    store_->follow();
    if (peers_) {
      const auto known = state::Directory::read(store_->connection());
      if (auto top = peers_->register_top(store_->executor(), known, configuration_); !top.ok()) return top.error();
      store_->follow();
    }
    directory_ = store_->executor().changed_directory();
    if (around_.changed) around_.changed(*directory());
    position_ = store_->executor().head();
    waiting_.arrive(position_);
  } catch (const sql::Error& e) {
    return Failure{e.what()};
  }
  return open_sending();
}

// A channel whose secret cannot be read keeps the node from starting: nobody would notice until it is needed.
Result<Done> Node::open_sending() try {
  Mistakes mistakes;
  auto channels = configuration_.channels;
  for (ChannelSettings& channel : channels)
    for (Mistake& mistake : complete(channel)) mistakes.push_back(std::move(mistake));
  if (mistakes.empty()) mistakes = mixed_worlds(channels);
  if (!mistakes.empty()) return as_failure(mistakes);
  sending_ = std::make_unique<Sending>(SendingGround{configuration_.store(), around_.clock,
                                                     [this](std::string_view line) { log(line); }, around_.failed},
                                       with_sandboxes(std::move(channels)));
  return Done{};
} catch (const sql::Error& e) {
  return Failure{e.what()};
}

std::unique_ptr<notify::Notices> Node::notices() {
  return std::make_unique<notify::Notices>(notify::Ground{
      [this]() -> sql::Connection& { return reader(); }, [this] { return directory(); }, texts_, around_.clock,
      sending_->outbox(outbox::World::kReal), sending_->outbox(outbox::World::kDrill),
      [this](outbox::World world) { return sending_->reading(world); }, *contacts_, sending_->ways(),
      [this](const std::string& division, const std::string& other) {
        return reference_.divisions.inside(division, other) || reference_.divisions.inside(other, division);
      },
      [this](const std::string& code) {
        const auto* found = reference_.divisions.find(code);
        return found ? reference_.divisions.path(*found) : code;
      },
      [this](std::int64_t sequence) {
        const auto& url = configuration_.public_url;
        return url.empty() ? std::string() : url + "/a/" + tickets_.of(sequence);
      }});
}

// Listening comes last: whoever connects finds everything in place.
Result<Done> Node::serve() {
  workers_ =
      std::make_unique<http::Workers>(static_cast<unsigned>(configuration_.http.workers), kWaitingTasks, around_.log);
  intake_ = std::make_unique<Intake>(
      configuration_.alerts,
      edge::intake::Ground{around_.clock, texts_,
                           std::make_shared<edge::intake::Keeping>(configuration_.data + "/alerts"),
                           [this](command::Envelope envelope) { return execute(std::move(envelope)); },
                           [this](std::string_view line) { log(line); }});
  sessions_ = std::make_unique<edge::Sessions>(*this);
  feed_ = std::make_unique<edge::Feed>(*this);
  std::vector<edge::Route> routes = edge::account_routes(*sessions_);
  for (auto more :
       {edge::incident_routes(), edge::warning_routes(*sending_), edge::alert_routes(intake_->door()),
        edge::callout_routes(), edge::call_page_routes(tickets_, description_), edge::public_routes(description_),
        edge::message_routes([this](std::string_view text) { return message_signer_->sign(text); }),
        edge::sending_routes(*sending_), edge::register_routes(), edge::document_routes({press_, words_})})
    std::ranges::move(more, std::back_inserter(routes));
  routes.push_back(edge::nodes_route([this](edge::Page& page) { return standings(page); }));
  routes.push_back(edge::delivery_route(
      [this](const std::string& report) { return courier_ ? shown(courier_->delivery(report)) : std::nullopt; }));
  std::ranges::move(edge::node_routes(*this, *feed_, routes), std::back_inserter(routes));
  const std::string console =
      configuration_.http.console.empty() ? configuration_.share + "/console/dist" : configuration_.http.console;
  gate_ = std::make_unique<edge::Gate>(*this, *sessions_, std::move(routes), console_files(console));
  server_ = std::make_unique<http::Server>(http_options(configuration_, around_.log), *gate_);
  feed_->attach(*server_, position_);
  writer_ = std::make_unique<WriterThread>(
      *store_, static_cast<std::size_t>(configuration_.queue),
      [this](const command::Executor::Batch& batch) { committed(batch); }, around_.failed);
  if (shared_)
    siblings_ = std::make_unique<Siblings>(configuration_.store(), "timers", crypto::random_hex(around_.random, 16));
  if (auto watch = sql::watch(configuration_.store()))
    follower_ = std::make_unique<Follower>(std::move(watch), [this] { writer_->nudge(); });
  patience_ = std::make_unique<edge::Ticker>(kPatienceStep, [this] { waiting_.pass(around_.clock.now()); });
  timer_ = std::make_unique<edge::Timer>(
      around_.clock, [this](Instant now) { return due(now); },
      [this](command::Envelope e, std::function<void(command::Outcome)> answered) {
        submit(std::move(e), std::move(answered));
      },
      [this](Instant now) { pass(now); });
  if (auto begun = begin_outside(); !begun.ok()) return begun;
  begin_intake();
  sending_->fill_by({notices(), [this]() -> sql::Connection& { return reader(); },
                     [this](const notify::Tally& tally) {
                       auto envelope = by_node(
                           command::NoteReach{tally.warning_version, tally.channels, tally.complete}, tally.warning);
                       envelope.world = tally.world;
                       submit(std::move(envelope), [](const command::Outcome&) {});
                     }});
  auto port = server_->listen(configuration_.http.address, static_cast<std::uint16_t>(configuration_.http.port));
  if (!port.ok()) return port.error();
  port_ = *port;
  posting_ = std::make_unique<edge::Ticker>(kPostStep, [this] { sending_->step(does_work_of_one_); });
  desk_ = std::make_unique<edge::Ticker>(kDeskStep, [this, desk = std::make_shared<FileDesk>(configuration_, works())] {
    if (does_work_of_one_) contacts_->record();
    desk->look();
  });
  if (!peers_) return Done{};
  peers_->dials(!shared_);
  return peers_->begin(*this, configuration_);
}

std::map<std::string, FileDesk::Work> Node::works() {
  std::map<std::string, FileDesk::Work> works;
  if (peers_)
    for (auto more : {carry_works(*this), register_works(*this)}) works.merge(more);
  works.merge(contacts_->works());
  works.merge(outside_works(outside_ground()));
  return works;
}

std::vector<federation::Standing> Node::standings(edge::Page& page) {
  return watch_->standings({page.sql, page.directory, peers_ ? &peers_->scope() : nullptr, page.now});
}

Result<Done> Node::begin_outside() {
  auto courier = courier_of(configuration_, outside_ground());
  if (!courier.ok()) return courier.error();
  courier_ = std::move(*courier);
  if (courier_)
    carrying_ = std::make_unique<edge::Ticker>(kOutsideStep, [this] {
      if (does_work_of_one_) courier_->step();
    });
  return Done{};
}

// What waits for the network does not hold up the folder.
void Node::begin_intake() {
  watching_ = std::make_unique<edge::Ticker>(kIntakeStep, [this] {
    if (does_work_of_one_) intake_->look();
  });
  asking_ = std::make_unique<edge::Ticker>(kIntakeStep, [this] {
    if (does_work_of_one_) intake_->ask();
  });
}

Result<Done> Node::take_contacts(const std::string& file, const std::string& list, const std::string& organisation) {
  FileAsk ask;
  ask.subject = list;
  ask.on = organisation;
  const auto said = contacts_->take(ask, file);
  if (said.refused.empty()) return Done{};
  return Failure{file + ": " + said.refused + " " + (said.lines ? said.lines->front() : said.what)};
}

ContactGround Node::contact_ground() {
  return {configuration_.store(),
          master_,
          around_.random,
          around_.clock,
          texts_,
          reference_,
          configuration_.node_id,
          [this] { return directory(); },
          [this](command::Envelope envelope) { return execute(std::move(envelope)); }};
}

edge::outside::Ground Node::outside_ground() {
  return {configuration_.node_id,
          *key_,
          around_.clock,
          [this]() -> sql::Connection& { return reader(); },
          [this] { return directory(); },
          [this](const std::string& report) {
            return edge::outside_document(*this, {press_, words_}, report);
          },
          [this](command::Envelope envelope) { return execute(std::move(envelope)); },
          [this](std::string_view line) { log(line); }};
}

void Node::leave() {
  leaving_ = true;
  server_->leave();
}

void Node::pass(Instant now) {
  const std::uint64_t step = steps_++;
  if (!siblings_ || step % kStepsPerLook != 0) return;
  Siblings::Told told{gate_->rates().take_spent(), {}};
  if (step % kStepsPerTelling == 0) told.used = sessions_->take_used();
  const auto heard = siblings_->look(told, now);
  fence_ = heard.fence;
  does_work_of_one_ = fence_.has_value();
  if (peers_) peers_->dials(fence_.has_value());
  if (!heard.hindered.empty())
    around_.log("store: keys that were erased have still to leave the files: " + heard.hindered);
  for (const auto& [asker, tokens] : heard.spent) gate_->rates().spend(asker, tokens);
}

std::vector<command::Envelope> Node::due(Instant now) try {
  if (siblings_ && !fence_) return {};
  auto commands = policy::due_commands(reader(), now);
  std::ranges::move(
      policy::callouts_to_begin(reader(), *directory(), reference_.warning_rules, configuration_.node_id, now),
      std::back_inserter(commands));
  std::ranges::move(policy::expired_sessions(*directory(), now), std::back_inserter(commands));
  std::ranges::move(sessions_->idle(now), std::back_inserter(commands));
  for (auto& command : commands) command.fence = fence_;
  return commands;
} catch (const sql::Error&) {
  if (!siblings_) throw;
  return {};  // the server went away or would not answer now: what is due stays due
}

// The directory first: whoever is shown a fact must find the people that it names.
void Node::committed(const command::Executor::Batch& batch) {
  if (auto changed = store_->executor().changed_directory()) {
    directory_ = std::move(changed);
    if (around_.changed) around_.changed(*directory());
  }
  for (;;) try {
      feed_->publish(reader(), batch.facts);
      break;
    } catch (const sql::ConnectionLost&) {
      if (!store_->pause()) throw;
    }
  if (batch.facts.empty()) return;
  position_ = batch.facts.back().position;
  waiting_.arrive(position_);
  if (peers_) peers_->nudge();
}

void Node::perform(Work work, std::function<void(bool)> after) { writer_->perform(std::move(work), std::move(after)); }

std::optional<std::string> Node::key_of(const std::string& node) const {
  const auto known = directory();
  const auto* registered = known->nodes.find(node);
  return registered ? std::optional(registered->public_key) : peers_->told_key_of(node);
}

void Node::when_reached(journal::Position position, std::function<void(bool)> called) {
  waiting_.wait(position, around_.clock.now() + kPositionPatience, std::move(called));
}

// The question and its answer are a worker's: who asks may have no time to wait, nor who moves the position.
void Node::when_level(std::function<void(bool)> called) {
  if (!shared_) return called(true);
  const auto ask = [this, called]() -> void {
    try {
      const auto head = journal::head(reader());
      if (head <= position_) return called(true);
      when_reached(head, [this, called](bool reached) {
        if (!reached || !workers_->post([called] { called(true); })) called(false);
      });
    } catch (const sql::ConnectionLost&) {
      called(false);
    }
  };
  if (!workers_->post(ask)) called(false);
}

std::optional<Instant> Node::used_elsewhere(const std::string& session) {
  return shared_ ? journal::last_used(reader(), session) : std::nullopt;
}

void Node::submit(command::Envelope envelope, std::function<void(command::Outcome)> answered) {
  if (shared_ && envelope.key.empty()) envelope.key = "node:" + crypto::random_hex(around_.random, 16);
  writer_->submit(std::move(envelope), std::move(answered));
}

command::Outcome Node::execute(command::Envelope envelope) {
  std::promise<command::Outcome> promise;
  submit(std::move(envelope), [&](command::Outcome outcome) { promise.set_value(std::move(outcome)); });
  return promise.get_future().get();
}

// A map's entries stay where they are, so the reference holds after the lock is gone.
Node::Reading& Node::reading() {
  const std::lock_guard lock(readings_mutex_);
  Reading& reading = readings_[std::this_thread::get_id()];
  if (!reading.sql || reading.sql->lost()) {
    reading.vault.reset();
    reading.sql = sql::open(configuration_.store(), sql::Access::kRead, {}, edition_);
    reading.vault = std::make_unique<journal::Vault>(*reading.sql, master_, around_.random);
  }
  return reading;
}

}  // namespace anlan
