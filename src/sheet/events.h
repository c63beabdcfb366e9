#pragma once
// XML as a stream of events, by libxml2's push parser, for bytes from anywhere: a DOCTYPE ends the reading, so there is
// no entity beyond the five of XML; nothing is fetched; UTF-8 alone; depth, tags and their attributes are bounded, so
// that work stays in proportion to the bytes.

#include <memory>
#include <span>
#include <string_view>

struct _xmlParserCtxt;

namespace anlan::sheet {

struct Attribute {
  std::string_view name, space, value;  // `space`: the namespace's URI, empty for plain attributes
};

class Attributes {
 public:
  explicit Attributes(std::span<const Attribute> all) : all_(all) {}
  // Of a plain attribute; empty where it is not there.
  std::string_view operator[](std::string_view name) const;
  bool has(std::string_view name) const;
  // Of the relationship that an element names (r:id), in either edition of the standard.
  std::string_view relationship() const;

 private:
  std::span<const Attribute> all_;
};

// Views live during the call. Elements of namespaces that are not of spreadsheets come with an empty name.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void start(std::string_view name, const Attributes&) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view) {}
};

class Events {
 public:
  explicit Events(Listener&);
  ~Events();
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  // False where the bytes are no such XML; from then on always. Events of earlier bytes have been heard by then.
  bool feed(std::string_view bytes);
  bool finish();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace anlan::sheet
