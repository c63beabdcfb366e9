#pragma once
// Text of a file as UTF-8, piece by piece, whatever Chinese programs wrote it in.

#include <memory>
#include <string>
#include <string_view>

namespace anlan::sheet {

enum class Encoding { kUtf8, kUtf16Little, kUtf16Big, kGb18030 };

// By its mark; without one UTF-8 where all of it is, else GB18030.
Encoding encoding_of(std::string_view bytes);

class Decoder {
 public:
  // `bytes` outlives it.
  explicit Decoder(std::string_view bytes);
  // The next piece, without the mark; empty at the end. False where the bytes are no text in that encoding.
  bool next(std::string& piece);
  Encoding encoding() const { return encoding_; }

 private:
  const Encoding encoding_;
  std::string_view left_;
  bool sound_ = true;
  std::unique_ptr<void, int (*)(void*)> converter_;  // none for UTF-8
};

}  // namespace anlan::sheet
