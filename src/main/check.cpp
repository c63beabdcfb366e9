
#include "document/bulletin_words.h"
#include "main/configuration.h"
#include "main/load.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

// Looks at everything that a start would stumble over, and at what only shows when it is used.
class Check {
 public:
  explicit Check(const Configuration& c) : c_(c) {}

  Mistakes run() {
    named_files();
    if (c_.share.empty()) return mistakes_;
    if (const auto reference = load_reference(c_); !reference.ok()) add(reference.error());
    texts();
    documents();
    return mistakes_;
  }

 private:
  void add(const Mistakes& more) { mistakes_.insert(mistakes_.end(), more.begin(), more.end()); }

  // Files that the configuration names and that must be there.
  void named_files() {
    for (const auto& [key, file] :
         {std::pair("http.certificate", c_.http.certificate), std::pair("http.key", c_.http.key)})
      if (!file.empty() && !machine::is_file(file)) mistakes_.push_back({"", 0, key, "no_file", {{"value", file}}});
    if (!c_.http.console.empty() && !machine::is_file(c_.http.console + "/index.html"))
      mistakes_.push_back({"", 0, "http.console", "no_file", {{"value", c_.http.console + "/index.html"}}});
  }

  // A key that one language lacks would be shown as the bare key.
  void texts() {
    const auto texts = load_texts(c_.shared("text"));
    if (!texts.ok()) return add(texts.error());
    for (const auto& key : texts->missing()) mistakes_.push_back({c_.shared("text"), 0, key, "one_language", {}});
  }

  // Layout and words parse; words of the site replace ones that exist.
  void documents() {
    const std::string layout = c_.shared("documents/official.toml"), words = c_.shared("documents/bulletin.toml");
    parsed(layout, [&](const std::string& text) -> std::optional<Failure> {
      const auto style = document::parse_house_style(text, c_.fonts);
      return style.ok() ? std::nullopt : std::optional(style.error());
    });
    parsed(words, [&](const std::string& text) -> std::optional<Failure> {
      const auto known = document::parse_bulletin_words(text);
      if (!known.ok()) return known.error();
      for (const auto& [key, word] : c_.words)
        if (!known->words.contains(key)) mistakes_.push_back({"", 0, "documents.words." + key, "unknown", {}});
      return std::nullopt;
    });
  }

  template <class Parse>
  // A reader's own word for what is wrong becomes the mistake's reason.
  void parsed(const std::string& file, Parse&& parse) {
    const auto text = machine::read_file(file);
    if (!text.ok()) return mistakes_.push_back({file, 0, "", "unreadable", {}});
    if (const auto failure = parse(*text)) mistakes_.push_back({file, 0, "", "table", {{"reason", failure->what}}});
  }

  const Configuration& c_;
  Mistakes mistakes_;
};

}  // namespace

Mistakes check(const Configuration& c) { return Check(c).run(); }

}  // namespace anlan
