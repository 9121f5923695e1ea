//! An action with a missing and with mistyped parameters.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::operations::actions::CloseTask;
use crm::prelude::*;
use crm::task::Task;

fn actions(task: Id<Task>) {
    let _ = CloseTask { entity: task, task_close: Record::new(), target: None, note: None };
    let _ = CloseTask { entity: task, task_close: Record::new(), target: None, status: "done", note: None };
    let _ = CloseTask {
        entity: task,
        task_close: Record::<crm::account::Account>::new(),
        target: None,
        status: 5,
        note: None,
    };
}

fn main() {}
