// What it costs to set a bulletin, beside bare cairo writing as many characters in as many fonts onto as many pages.
// Prints one line a figure: name value unit reference ratio.

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

#include "document/press.h"
#include "document/sample_fixture.h"

namespace {

using anlan::document::OfficialDocument;
using anlan::document::Press;

constexpr int kRounds = 15;

double median_ms(int rounds, const std::function<void()>& work) {
  std::vector<double> took;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::nth_element(took.begin(), took.begin() + rounds / 2, took.end());
  return took[static_cast<std::size_t>(rounds) / 2];
}

cairo_status_t append(void* to, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// The same characters in rows, without measuring, breaking or choosing anything.
std::string bare(const std::vector<std::string>& faces, int characters, int pages) {
  std::string bytes;
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(append, &bytes, 595, 842);
  cairo_t* cairo = cairo_create(surface);
  cairo_set_font_size(cairo, 16);
  int written = 0;
  for (int page = 0; page < pages; ++page) {
    for (int row = 0; written < characters * (page + 1) / pages; ++row) {
      const std::string& face = faces[static_cast<std::size_t>(row) % faces.size()];
      cairo_select_font_face(cairo, face.c_str(), CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
      std::string line;
      for (int i = 0; i < 28; ++i, ++written) {
        const int c = 0x4E00 + written * 7 % 4000;
        line += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                 static_cast<char>(0x80 | (c & 0x3F))};
      }
      cairo_move_to(cairo, 79, 120 + 29 * (row % 22));
      cairo_show_text(cairo, line.c_str());
    }
    cairo_show_page(cairo);
  }
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
  return bytes;
}

std::vector<std::string> faces_of(const Press& press) {
  std::vector<std::string> faces;
  for (const char* role : {"fangsong", "hei", "kai", "biaosong", "song"}) faces.push_back(press.leading_face(role));
  return faces;
}

void compare(const Press& press, const char* name, const OfficialDocument& document, int characters, int pages) {
  const std::vector<std::string> faces = faces_of(press);
  const double reference = median_ms(kRounds, [&] { bare(faces, characters, pages); });
  const double pdf = median_ms(kRounds, [&] { (void)press.to_pdf(document); });
  const double docx = median_ms(kRounds, [&] { (void)press.to_docx(document); });
  fmt::print("document.{}.pdf {:.1f} ms {:.1f} {:.2f}\n", name, pdf, reference, pdf / reference);
  fmt::print("document.{}.docx {:.1f} ms {:.1f} {:.2f}\n", name, docx, reference, docx / reference);
}

}  // namespace

int main() {
  const auto start = std::chrono::steady_clock::now();
  const auto press = Press::open(ANLAN_SOURCE_DIR "/data/documents");
  if (!press) {
    fmt::print(stderr, "{}\n", press.error().what);
    return 1;
  }
  const double opened = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  const double reference = median_ms(1, [&] { bare(faces_of(*press), 560, 2); });
  const double first = opened + median_ms(1, [&] { (void)press->to_pdf(anlan::document::sample_bulletin()); });
  fmt::print("document.first_since_start {:.1f} ms {:.1f} {:.2f}\n", first, reference, first / reference);
  compare(*press, "bulletin", anlan::document::sample_bulletin(), 560, 2);
  compare(*press, "report", anlan::document::sample_report(), 1500, 5);
}
