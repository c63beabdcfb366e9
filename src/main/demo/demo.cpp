#include "main/demo/demo.h"

#include <algorithm>

#include "journal/start.h"
#include "journal/verify.h"
#include "main/demo/city.h"
#include "main/demo/story.h"
#include "platform/crypto/random.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "view/trail.h"
#include "view/views.h"

namespace anlan::demo {
namespace {

constexpr std::chrono::milliseconds kLength{25'000};  // of the whole story at speed 1
constexpr const char* kKeeper = "wf-emergency";       // of the city's contacts
// What the city's own reports are called in the story, and whose desk prints them.
constexpr const char *kPrinter = "duty1", *kBulletin = "city_first", *kCity = "city_";

std::unique_ptr<sql::Connection> open_untouched(const Configuration& c, const Clock& clock) {
  if (sql::is_shared(c.store())) return journal::open(c.store(), clock.now());
  return machine::is_file(c.data + "/journal.db") ? sql::open(c.data, sql::Access::kInspect) : nullptr;
}

// The key of its last step stands in the journal, so that it is known of a restored copy too.
bool was_told(sql::Connection& store, const Story& story) {
  constexpr std::int64_t kAtOnce = 1000;
  view::TrailSearch search;
  search.actor = story.steps.back().actor;
  for (;;) {
    const auto [facts, before] = view::look_back(store, search, kAtOnce);
    if (std::ranges::find(facts, story.steps.back().key, &journal::Fact::cause) != facts.end()) return true;
    if (!before) return false;
    search.before = before;
  }
}

class Show {
 public:
  Show(const Showing& showing, const Texts& texts, City city, Story story)
      : showing_(showing), texts_(texts), city_(std::move(city)), story_(std::move(story)) {}

  Result<Done> run() {
    const std::string& data = showing_.configuration.data;
    if (auto made = machine::make_folder(data, machine::Readers::kOwner); !made.ok()) return made.error();
    const auto lock = machine::FolderLock::take(data);
    if (!lock.ok()) return lock.error();
    auto node = Node::start(showing_.configuration, surroundings());
    if (!node.ok()) return node.error();
    url_ = "http://" + showing_.configuration.http.address + ":" + std::to_string((*node)->port());
    introduce();
    if (fresh_) {
      if (auto taken = (*node)->take_contacts(showing_.configuration.shared("demo/contacts.csv"), "demo", kKeeper);
          !taken.ok())
        return taken.error();
      if (auto told = tell((*node)->port()); !told.ok()) return told.error();
    } else {
      say(told_ ? "again" : "unfinished");
      if (showing_.once && !told_) return Failure{texts_.get(showing_.locale, "demo.unfinished")};
    }
    if (!showing_.once && !stopped_) {
      say("serving", {{"url", url_}});
      machine::wait_for_stop();
    }
    node->reset();
    if (failed_) return Failure{failure_};
    return showing_.once ? verify() : Result<Done>(Done{});
  }

 private:
  void say(const std::string& key, const Texts::Values& values = {}) const {
    showing_.print(texts_.get(showing_.locale, "demo." + key, values));
  }

  // With the views, in which it is looked up what was told.
  std::unique_ptr<sql::Connection> read_store() const {
    const auto views = view::all_views();
    return sql::open(showing_.configuration.store(), sql::Access::kRead, {},
                     journal::edition_of(view::pointers(views)));
  }

  // A directory that has accounts was settled before: nothing is loaded twice.
  Surroundings surroundings() {
    return {clock_, random_, [](std::string_view) {},
            [this](command::Executor& executor) -> Result<Done> {
              const auto store = read_store();
              fresh_ = state::Directory::read(*store).accounts.empty();
              told_ = !fresh_ && was_told(*store, story_);
              if (!fresh_) return Done{};
              say("loading");
              return settle(city_, executor);
            },
            [this](const std::string& what) {
              failure_ = what;
              failed_ = true;
              machine::ask_to_stop();
            }};
  }

  void introduce() const {
    say("ready", {{"url", url_}});
    say("accounts", {{"password", city_.accounts.front().password}});
    for (const auto& a : city_.accounts) {
      const auto o =
          std::ranges::find(city_.organisations, a.organisation, [](const auto& pair) { return pair.first; });
      say("account", {{"account", a.name + std::string(std::max<std::size_t>(17, a.name.size()) - a.name.size(), ' ')},
                      {"person", a.person_name},
                      {"organisation", o == city_.organisations.end() ? a.organisation : o->second.short_name},
                      {"roles", texts_.get(showing_.locale, "role." + std::string(name_of(a.role)))}});
    }
    if (!showing_.once) say("open", {{"url", url_}});
  }

  // Through the HTTP interface, as consoles do it: what the reader sees is what the product does.
  Result<Done> tell(std::uint16_t port) {
    const bool english = showing_.locale == Locale::kEnglish;
    Player player(port, city_, clock_, english ? "en" : "zh-CN");
    say("story", {{"title", english ? story_.title_en : story_.title}});
    const auto pause =
        std::chrono::duration_cast<Milliseconds>(kLength / static_cast<double>(story_.steps.size()) / showing_.speed);
    for (std::size_t i = 0; i < story_.steps.size() && !stopped_; ++i) {
      const Step& step = story_.steps[i];
      const auto who = std::ranges::find(city_.accounts, step.actor, &DemoAccount::name);
      say("step", {{"done", std::to_string(i + 1)},
                   {"total", std::to_string(story_.steps.size())},
                   {"minute", std::to_string(step.at_minute)},
                   {"person", who == city_.accounts.end() ? step.actor : who->person_name},
                   {"what", english ? step.en : step.zh}});
      if (auto played = player.play(step); !played.ok()) return failed_step(i, played.error());
      if (!showing_.once) stopped_ = machine::wait_for_stop(pause);
    }
    if (!stopped_) return print_bulletins(player);
    say("stopped");
    return Done{};
  }

  Failure failed_step(std::size_t i, const Failure& failure) const {
    return {texts_.get(showing_.locale, "demo.refused", {{"done", std::to_string(i + 1)}, {"what", failure.what}})};
  }

  std::string bulletin(const std::string& extension, const std::string& as = kBulletin) const {
    return showing_.configuration.data + "/documents/" + as + "." + extension;
  }

  Result<Done> print_bulletins(Player& player) const {
    if (auto made = machine::make_folder(showing_.configuration.data + "/documents"); !made.ok()) return made.error();
    for (const Step& step : story_.steps) {
      if (!step.as.starts_with(kCity)) continue;
      for (const char* extension : {"docx", "pdf"}) {
        const auto bytes = player.fetch(kPrinter, step.as, std::string("document.") + extension);
        if (!bytes.ok()) return bytes.error();
        if (auto written = machine::write_file(bulletin(extension, step.as), *bytes); !written.ok())
          return written.error();
      }
    }
    say("played", {{"pdf", bulletin("pdf")}, {"docx", bulletin("docx")}});
    return Done{};
  }

  Result<Done> verify() const {
    const journal::Report report = journal::verify(showing_.configuration.store());
    if (!report.sound())
      return Failure{std::string(name_of(report.problems.front().kind)) + " " + report.problems.front().detail};
    say("verified", {{"count", std::to_string(report.facts)}});
    return Done{};
  }

  const Showing& showing_;
  const Texts& texts_;
  const City city_;
  const Story story_;
  const machine::SystemClock clock_;
  crypto::SystemRandom random_;
  std::string url_, failure_;
  bool fresh_ = false, told_ = false, stopped_ = false;
  std::atomic<bool> failed_ = false;
};

}  // namespace

Result<bool> is_for_demo(const Configuration& c, const Clock& clock) {
  const auto city = read_city(c.shared("demo"));
  if (!city.ok()) return as_failure(city.error());
  const auto store = open_untouched(c, clock);
  if (!store || journal::head(*store) == 0) return true;
  const auto has = [&](const std::string& stream) { return journal::version_of(*store, stream) > 0; };
  return std::ranges::all_of(
      city->accounts, [&](const DemoAccount& a) { return has("account/" + a.name) && has("person/" + a.person); });
}

Result<Done> show(const Showing& showing, const Texts& texts) {
  const std::string folder = showing.configuration.shared("demo");
  auto city = read_city(folder);
  if (!city.ok()) return as_failure(city.error());
  auto story = read_story(folder + "/first-incident.toml");
  if (!story.ok()) return as_failure(story.error());
  return Show(showing, texts, std::move(*city), std::move(*story)).run();
}

}  // namespace anlan::demo
