#pragma once
// The text of an XML document of elements, laid out: two spaces a level, one element a line.

#include <string>
#include <string_view>

namespace anlan::cap {

class XmlWriter {
 public:
  // An element of text; what XML would read otherwise is written as a reference.
  void text(std::string_view name, std::string_view value);
  // An element of elements, which `inside` writes; attributes as they are to stand there: " xmlns=\"…\"".
  template <class Inside>
  void group(std::string_view name, const Inside& inside, std::string_view attributes = {}) {
    begin(name, attributes);
    inside();
    end(name);
  }
  std::string take() { return std::move(out_); }

 private:
  void indent() { out_.append(static_cast<std::size_t>(depth_) * 2, ' '); }
  void begin(std::string_view name, std::string_view attributes);
  void end(std::string_view name);

  std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  int depth_ = 0;
};

// The shortest decimal that is read as the same number; an exponent would not be read.
std::string decimal_text(double);

}  // namespace anlan::cap
