#include "codec/syndication/feed.h"

#include <libxml/uri.h>
#include <libxml/xmlreader.h>

#include <limits>
#include <memory>

namespace anlan::syndication {
namespace {

constexpr std::string_view kCap = "application/cap+xml";
constexpr std::size_t kLongestLink = 2000, kLongestMark = 500;

using Reader = std::unique_ptr<xmlTextReader, decltype(&xmlFreeTextReader)>;

std::string_view view(const xmlChar* text) { return text ? reinterpret_cast<const char*>(text) : std::string_view(); }

std::string attribute(xmlTextReader* reader, const char* name) {
  xmlChar* value = xmlTextReaderGetAttribute(reader, reinterpret_cast<const xmlChar*>(name));
  const std::string copy(view(value));
  xmlFree(value);
  return copy;
}

std::string trimmed(std::string text) {
  const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

std::string complete(const std::string& link, const std::string& base) {
  if (link.empty() || link.size() > kLongestLink) return {};
  xmlChar* built =
      xmlBuildURI(reinterpret_cast<const xmlChar*>(link.c_str()), reinterpret_cast<const xmlChar*>(base.c_str()));
  const std::string whole(view(built));
  xmlFree(built);
  return whole.starts_with("http://") || whole.starts_with("https://") ? whole : std::string();
}

// What is read of one entry.
struct Draft {
  std::string id, changed, link, cap;
};

class Reading {
 public:
  Reading(xmlTextReader* reader, const std::string& base) : reader_(reader), base_(base) {}

  std::optional<Feed> run() {
    int more = 0;
    while ((more = xmlTextReaderRead(reader_)) == 1) {
      const int type = xmlTextReaderNodeType(reader_);
      if (type == XML_READER_TYPE_DOCUMENT_TYPE) return std::nullopt;
      if (type == XML_READER_TYPE_ELEMENT && !begin()) return std::nullopt;
      if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) text();
      if (type == XML_READER_TYPE_END_ELEMENT) end();
    }
    return more == 0 && known_ ? std::optional(std::move(feed_)) : std::nullopt;
  }

 private:
  std::string_view name() const { return view(xmlTextReaderConstLocalName(reader_)); }
  int depth() const { return xmlTextReaderDepth(reader_); }
  bool is_entry() const { return name() == "entry" || name() == "item"; }

  // False where the root is no feed.
  bool begin() {
    if (depth() == 0) return known_ = name() == "feed" || name() == "rss" || name() == "RDF";
    const bool empty = xmlTextReaderIsEmptyElement(reader_) == 1;
    if (is_entry() && !entry_ && depth() <= 2 && !empty) {
      entry_.emplace();
      entry_depth_ = depth();
    } else if (entry_ && depth() == entry_depth_ + 1) {
      member_ = empty ? std::string() : std::string(name());
      if (name() == "link" || name() == "enclosure") take_link();
    } else {
      member_.clear();
    }
    return true;
  }
  // Atom has it in an attribute, RSS as the text.
  void take_link() {
    std::string link = attribute(reader_, "href");
    if (link.empty()) link = attribute(reader_, "url");
    if (link.empty()) return;
    const std::string type = attribute(reader_, "type"), rel = attribute(reader_, "rel");
    if (type.starts_with(kCap) && entry_->cap.empty()) entry_->cap = link;
    if ((rel.empty() || rel == "alternate") && name() == "link" && entry_->link.empty()) entry_->link = link;
  }
  void text() {
    if (!entry_ || member_.empty() || depth() != entry_depth_ + 2) return;
    const std::string said(view(xmlTextReaderConstValue(reader_)).substr(0, kLongestLink));
    if (member_ == "id" || member_ == "guid") entry_->id += said;
    if (member_ == "updated" || member_ == "pubDate" || member_ == "date") entry_->changed += said;
    if (member_ == "link") entry_->link += said;
  }
  void end() {
    if (!entry_ || depth() != entry_depth_) return;
    const std::string link = complete(trimmed(entry_->cap.empty() ? entry_->link : entry_->cap), base_);
    if (!link.empty()) {
      feed_.more = feed_.entries.size() >= kMostEntries;
      const std::string mark = (trimmed(entry_->id) + " " + trimmed(entry_->changed)).substr(0, kLongestMark);
      if (!feed_.more) feed_.entries.push_back({mark, link});
    }
    entry_.reset();
  }

  xmlTextReader* const reader_;
  const std::string& base_;
  Feed feed_;
  bool known_ = false;
  std::optional<Draft> entry_;
  int entry_depth_ = 0;
  std::string member_;  // of the entry, that is being read
};

}  // namespace

std::optional<Feed> read(std::string_view bytes, const std::string& base) {
  if (bytes.empty() || bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return std::nullopt;
  const int quiet = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  const Reader reader(xmlReaderForMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, quiet),
                      xmlFreeTextReader);
  return reader ? Reading(reader.get(), base).run() : std::nullopt;
}

}  // namespace anlan::syndication
