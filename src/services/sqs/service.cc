#include "services/sqs/service.h"

#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/delete_queue.h"
#include "services/sqs/operations/get_queue_attributes.h"
#include "services/sqs/operations/get_queue_url.h"
#include "services/sqs/operations/list_queues.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"

namespace everseal::sqs {
namespace {

constexpr std::size_t kBodyLimit = 3 << 20;  // a message of 1 MiB, escaped

}  // namespace

aws::Service make_service(const Parts& parts) {
  const auto& [database, random, clock, base_url] = parts;
  aws::Service service({.name = "sqs",
                        .signing_name = "sqs",
                        .protocol = aws::Protocol::AwsJson10,
                        .target_prefix = "AmazonSQS.",
                        .api_version = "2012-11-05",
                        .xml_namespace = {},
                        .body_limit = kBodyLimit});
  service.add(CreateQueue{database, clock, base_url})
      .add(DeleteMessage{database})
      .add(DeleteQueue{database})
      .add(GetQueueAttributes{database, clock})
      .add(GetQueueUrl{database, base_url})
      .add(ListQueues{database, base_url})
      .add(PurgeQueue{database})
      .add(ReceiveMessage{database, clock, random})
      .add(SendMessage{database, clock, random});
  return service;
}

}  // namespace everseal::sqs
