#include "platform/http/static_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace anlan::http {
namespace {

namespace fs = std::filesystem;

class StaticFolder : public testing::Test {
 protected:
  StaticFolder() : root_(fs::temp_directory_path() / ("anlan-static-" + std::to_string(::getpid()))) {
    put("secret.txt", "outside");
    put("site/index.html", "<html>");
    put("site/assets/app-1a2b.js", "let a = 1");
    put("site/assets/app-1a2b.js.gz", "GZ");
    put("site/assets/app-1a2b.js.br", "BR");
    put("site/logo.svg", "<svg/>");
    fs::create_symlink("../secret.txt", root_ / "site" / "link.txt");
  }
  ~StaticFolder() override { fs::remove_all(root_); }

  void put(const std::string& name, std::string_view content) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << content;
  }

  std::optional<Response> get(std::string path, const Headers& headers = {}, Method method = Method::kGet) const {
    auto files = StaticFiles::load(root_ / "site");
    EXPECT_TRUE(files);
    Request request{.method = method, .target = path, .path = path, .headers = headers};
    return files->get(request);
  }

 private:
  const fs::path root_;
};

TEST_F(StaticFolder, ServesAFileWithItsTypeAndRevalidatesIt) {
  const auto response = get("/logo.svg");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->content(), "<svg/>");
  EXPECT_EQ(response->headers.get("Content-Type"), "image/svg+xml");
  EXPECT_EQ(response->headers.get("Cache-Control"), "no-cache");
  const std::string etag(*response->headers.get("ETag"));
  EXPECT_EQ(etag.size(), 34U);
  EXPECT_EQ(get("/logo.svg", {{"If-None-Match", "\"other\", " + etag}})->status, 304);
  EXPECT_EQ(get("/logo.svg", {{"If-None-Match", "\"other\""}})->status, 200);
}

TEST_F(StaticFolder, ChoosesTheFormThatTheClientTakes) {
  const std::string path = "/assets/app-1a2b.js";
  EXPECT_EQ(get(path)->content(), "let a = 1");
  EXPECT_EQ(get(path, {{"Accept-Encoding", "gzip, deflate"}})->content(), "GZ");
  EXPECT_EQ(get(path, {{"Accept-Encoding", "gzip, deflate, br;q=0.9"}})->content(), "BR");
  EXPECT_EQ(get(path, {{"Accept-Encoding", "br;q=0, gzip"}})->content(), "GZ");
  const auto gzip = get(path, {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(gzip->headers.get("Content-Encoding"), "gzip");
  EXPECT_EQ(gzip->headers.get("Vary"), "Accept-Encoding");
  EXPECT_EQ(gzip->headers.get("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(gzip->headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_NE(gzip->headers.get("ETag"), get(path)->headers.get("ETag"));
}

TEST_F(StaticFolder, GivesTheApplicationForItsOwnRoutesAndNothingForMissingFiles) {
  EXPECT_EQ(get("/")->content(), "<html>");
  EXPECT_EQ(get("/incidents/12")->content(), "<html>");
  EXPECT_EQ(get("/incidents/12")->headers.get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(get("/incidents/12")->headers.get("Cache-Control"), "no-cache");
  EXPECT_FALSE(get("/assets/old.js"));
  EXPECT_FALSE(get("/", {}, Method::kPost));
}

TEST_F(StaticFolder, ReachesNothingOutsideOfIt) {
  EXPECT_FALSE(get("/../secret.txt"));
  EXPECT_FALSE(get("/assets/../../secret.txt"));
  EXPECT_FALSE(get("/link.txt"));
  EXPECT_FALSE(StaticFiles::load("/nowhere/at/all"));
}

}  // namespace
}  // namespace anlan::http
