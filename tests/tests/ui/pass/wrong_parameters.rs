//! An action with a missing and with mistyped parameters.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::operations::actions::CloseTask;
use crm::prelude::*;
use crm::task::Task;

fn action(task: Id<Task>) -> CloseTask {
    CloseTask { entity: task, task_close: Record::new(), target: None, status: 5, note: None }
}

fn main() {
    action(Id::new(Uuid::nil()));
}
