#include "console/answer.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "console/content.h"

namespace everseal::console {
namespace {

using namespace std::string_view_literals;

// `gzip -9n`.
constexpr auto page =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\x51\x74\xf1\x77\x0e\x89\x0c\x70\x55\xc8\x28\xc9"
    "\xcd"
    "\xb1\xe3\x02\x00\xfa\xf2\x3a\x9e\x10\x00\x00\x00"sv;
constexpr auto script =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\xce\xcf\x2b\xce\xcf\x49\xd5\xcb\xc9\x4f\xd7\x50"
    "\xca\x48"
    "\xcd\xc9\xc9\x57\xd2\xb4\xe6\x02\x00\x7f\x42\x9b\xd2\x16\x00\x00\x00"sv;
constexpr std::array files = {
    File{"/console/", "text/html; charset=utf-8", "W/\"aa\"", page, 16, false},
    File{"/console/assets/a-1.js", "text/javascript; charset=utf-8", "W/\"bb\"", script, 22, true},
};

http::Response get(std::string target, http::Headers headers = {}, std::string method = "GET") {
  return answer({.method = std::move(method), .target = std::move(target), .headers = headers},
                files);
}
std::string header(const http::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or("none"));
}
// Pieces of five octets.
Result<std::string> read(http::BodySource& source) {
  std::string all;
  std::array<std::uint8_t, 5> space{};
  while (true) {
    const auto count = source.read(space);
    if (!count) return count.error();
    if (*count == 0) return all;
    all.append(space.begin(), space.begin() + static_cast<std::ptrdiff_t>(*count));
  }
}
std::string body(const http::Response& response) {
  const auto text = read(*response.source);
  EXPECT_EQ(text->size(), response.length);
  return *text;
}
std::string coding_for(std::string accepted) {
  return header(get("/console/", {{"Accept-Encoding", std::move(accepted)}}), "Content-Encoding");
}

TEST(Console, shows_its_page_and_has_it_asked_for_again) {
  const auto response = get("/console/?from=mail");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(body(response), "<!DOCTYPE html>\n");
  EXPECT_EQ(header(response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
  EXPECT_EQ(header(response, "ETag"), "W/\"aa\"");
  EXPECT_EQ(header(response, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header(response, "Content-Encoding"), "none");
}

TEST(Console, lets_files_be_kept_whose_names_change_with_their_content) {
  const auto response = get("/console/assets/a-1.js", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(response, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(response, "Content-Encoding"), "gzip");
  EXPECT_EQ(body(response), script);
  EXPECT_EQ(body(get("/console/assets/a-1.js")), "console.log(\"hello\");\n");
}

TEST(Console, leads_from_its_name_to_its_page) {
  const auto response = get("/console?x=1");
  EXPECT_EQ(response.status, 308);
  EXPECT_EQ(header(response, "Location"), "/console/");
}

TEST(Console, has_nothing_besides_its_files) {
  for (const auto* target :
       {"/console/../health", "/console/%2e%2e/health", "/console//", "//console/",
        "/console/assets", "/console/assets/", "/console/assets/../assets/a-1.js",
        "/console/index.html", "/console/assets/a%2d1.js", "/console/assets/A-1.js",
        "/console/assets/a-1.js/", "/console/.", "/consoles", "/"}) {
    const auto response = get(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_EQ(response.body, "The console has no such page.\n") << target;
  }
}

TEST(Console, is_only_read) {
  const auto response = get("/console/", {}, "POST");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
}

TEST(Console, tells_by_head_how_long_a_file_is) {
  const auto plain = get("/console/", {}, "HEAD");
  EXPECT_EQ(plain.length, 16U);
  EXPECT_FALSE(plain.source);
  EXPECT_EQ(get("/console/", {{"Accept-Encoding", "gzip"}}, "HEAD").length, page.size());
}

TEST(Console, sends_nothing_that_the_browser_has) {
  for (const auto* tags : {"W/\"aa\"", "\"aa\"", "\"zz\", W/\"aa\"", "*"}) {
    const auto response = get("/console/", {{"If-None-Match", tags}});
    EXPECT_EQ(response.status, 304) << tags;
    EXPECT_FALSE(response.source);
    EXPECT_EQ(header(response, "ETag"), "W/\"aa\"");
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
    EXPECT_EQ(header(response, "Vary"), "Accept-Encoding");
  }
  for (const auto* tags : {"W/\"bb\"", "aa", "\"a\"", ""}) {
    EXPECT_EQ(get("/console/", {{"If-None-Match", tags}}).status, 200) << tags;
  }
}

TEST(Console, compresses_for_those_who_take_it) {
  for (const auto* accepted : {"gzip", "GZIP", "deflate, gzip;q=0.5", "br , x-gzip ; q=1", "*",
                               "*;q=0, gzip", "gzip;q=0.001"}) {
    EXPECT_EQ(coding_for(accepted), "gzip") << accepted;
  }
  for (const auto* accepted :
       {"", "br", "identity", "gzip;q=0", "gzip; Q=0.000", "*, gzip;q=0", "*;q=0.0", "gzipped"}) {
    EXPECT_EQ(coding_for(accepted), "none") << accepted;
  }
  const auto in_two = get("/console/", {{"Accept-Encoding", "br"}, {"accept-encoding", "gzip"}});
  EXPECT_EQ(header(in_two, "Content-Encoding"), "gzip");
}

TEST(Console, keeps_the_page_to_its_origin_whatever_the_answer_is) {
  const std::array answers = {get("/console/"),
                              get("/console"),
                              get("/console/none"),
                              get("/console/", {}, "PUT"),
                              get("/console/", {{"If-None-Match", "*"}}),
                              answer({.method = "GET", .target = "/console/"}, {})};
  for (const auto& response : answers) {
    const auto policy = header(response, "Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self'; ")) << policy;
    EXPECT_TRUE(policy.ends_with("frame-ancestors 'none'")) << policy;
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin");
  }
}

TEST(Console, may_be_left_out_of_the_program) {
  for (const auto* target : {"/console", "/console/", "/console/assets/a-1.js"}) {
    const auto response = answer({.method = "GET", .target = target}, {});
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.body, "This build of Everseal has no console.\n");
  }
}

TEST(Console, does_not_take_a_part_of_a_file_for_all_of_it) {
  for (std::size_t size = 0; size < page.size(); ++size) {
    const auto source = unpacked(page.substr(0, size));
    EXPECT_FALSE(read(*source)) << size;
  }
}

}  // namespace
}  // namespace everseal::console
