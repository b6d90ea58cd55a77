#include "services/s3/listing.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace everseal::s3 {
namespace {

using Names = std::vector<std::string>;

// A bucket with these keys, and how many rows were read of it.
struct Keys {
  std::set<std::string> keys;
  std::size_t rows_read = 0;

  ObjectsFrom reader() {
    return [this](From from, std::string_view key, std::int64_t limit) {
      std::vector<Object> rows;
      const std::string start(key);
      auto at = from == From::At ? keys.lower_bound(start) : keys.upper_bound(start);
      for (; at != keys.end() && static_cast<std::int64_t>(rows.size()) < limit; ++at) {
        Object object;
        object.key = *at;
        rows.push_back(std::move(object));
      }
      rows_read += rows.size();
      return Result<std::vector<Object>>(std::move(rows));
    };
  }
  ListingPage page(const ListingQuery& query) { return *list_page(query, reader()); }

  // Keys and folders, from page to page.
  std::vector<Names> pages(ListingQuery query) {
    std::vector<Names> all;
    while (true) {
      const auto one = page(query);
      all.push_back(names(one));
      if (!one.is_truncated) return all;
      query.after = one.last;
    }
  }
  static Names names(const ListingPage& page) {
    Names names = page.folders;
    for (const auto& object : page.objects) names.push_back(object.key);
    std::ranges::sort(names);
    return names;
  }
};

// The same by looking at every key.
Names model(const Keys& bucket, const ListingQuery& query) {
  std::set<std::string> all;
  for (const auto& key : bucket.keys) {
    if (!key.starts_with(query.prefix)) continue;
    const auto end =
        query.delimiter.empty() ? key.npos : key.find(query.delimiter, query.prefix.size());
    all.insert(end == key.npos ? key : key.substr(0, end + query.delimiter.size()));
  }
  return {all.begin(), all.end()};
}

TEST(Listing, folds_keys_at_the_delimiter_after_the_prefix) {
  Keys bucket{.keys = {"a", "b/1", "b/2", "b/c/3", "b0", "d/"}};
  EXPECT_EQ(Keys::names(bucket.page({.delimiter = "/"})), (Names{"a", "b/", "b0", "d/"}));
  EXPECT_EQ(bucket.page({.delimiter = "/"}).folders, (Names{"b/", "d/"}));
  EXPECT_EQ(Keys::names(bucket.page({.prefix = "b/", .delimiter = "/"})),
            (Names{"b/1", "b/2", "b/c/"}));
  EXPECT_EQ(Keys::names(bucket.page({.prefix = "b"})), (Names{"b/1", "b/2", "b/c/3", "b0"}));
}

TEST(Listing, says_whether_there_is_more) {
  Keys bucket{.keys = {"a", "b", "c"}};
  EXPECT_TRUE(bucket.page({.most = 2}).is_truncated);
  EXPECT_EQ(bucket.page({.most = 2}).last, "b");
  EXPECT_FALSE(bucket.page({.most = 3}).is_truncated);
  EXPECT_FALSE(bucket.page({.most = 0}).is_truncated);
  EXPECT_EQ(bucket.pages({.most = 2}), (std::vector<Names>{{"a", "b"}, {"c"}}));
}

TEST(Listing, lists_a_folder_on_one_page_only) {
  Keys bucket{.keys = {"a/1", "a/2", "a/3", "b/1", "b/2", "c"}};
  EXPECT_EQ(bucket.pages({.delimiter = "/", .most = 1}),
            (std::vector<Names>{{"a/"}, {"b/"}, {"c"}}));
}

TEST(Listing, begins_behind_a_key_even_within_a_folder) {
  Keys bucket{.keys = {"a/1", "a/2", "b"}};
  EXPECT_EQ(Keys::names(bucket.page({.delimiter = "/", .after = "a/1"})), (Names{"a/", "b"}));
  EXPECT_EQ(Keys::names(bucket.page({.delimiter = "/", .after = "a/2"})), (Names{"b"}));
}

TEST(Listing, steps_over_folders_without_reading_them) {
  Keys bucket;
  for (int folder = 0; folder < 10; ++folder) {
    for (int i = 0; i < 5000; ++i) {
      bucket.keys.insert(std::to_string(folder) + "/" + std::to_string(i));
    }
  }
  EXPECT_EQ(bucket.page({.delimiter = "/"}).folders.size(), 10U);
  EXPECT_LT(bucket.rows_read, 12'000U);
}

TEST(Listing, finds_what_is_behind_a_prefix) {
  EXPECT_EQ(behind_all_of("a/"), "a0");
  EXPECT_EQ(behind_all_of("a\x7f"), "a\xc2\x80");
  EXPECT_EQ(behind_all_of("\xed\x9f\xbf"), "\xee\x80\x80");  // surrogates are no characters
  EXPECT_EQ(behind_all_of("a\xf4\x8f\xbf\xbf"), "b");        // the last one there is
  EXPECT_EQ(behind_all_of("\xf4\x8f\xbf\xbf"), std::nullopt);
}

rc::Gen<std::string> some_key() {
  const auto letter =
      rc::gen::element<std::string>("a", "b", "/", "//", "0", "\xc3\xa9", "\xf4\x8f\xbf\xbf");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(letter),
                      [](const std::vector<std::string>& letters) {
                        std::string key;
                        for (const auto& one : letters) key += one;
                        return key;
                      });
}

TEST(Listing, lists_each_key_and_folder_once_and_in_order_whatever_the_size_of_pages) {
  rc::check([] {
    Keys bucket;
    const auto keys = *rc::gen::container<std::vector<std::string>>(some_key());
    for (const auto& key : keys) {
      if (!key.empty()) bucket.keys.insert(key);
    }
    const ListingQuery query{
        .prefix = *rc::gen::element<std::string>("", "a", "a/", "b//", "\xc3\xa9"),
        .delimiter = *rc::gen::element<std::string>("", "/", "//", "a", "\xf4\x8f\xbf\xbf"),
        .after = {},
        .most = *rc::gen::inRange(1, 6)};
    Names all;
    for (const auto& page : bucket.pages(query)) {
      RC_ASSERT(page.size() <= static_cast<std::size_t>(query.most));
      all.insert(all.end(), page.begin(), page.end());
    }
    RC_ASSERT(all == model(bucket, query));
  });
}

}  // namespace
}  // namespace everseal::s3
